import type { Clock } from "@secretsource/core";

/** The machine's time, for one who wants to know how many timers there are. */
export interface CountingClock extends Clock {
  readonly timers: number;
}

export function countingClock(): CountingClock {
  const pending = new Set<NodeJS.Timeout>();
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    setTimer(callback, delayMs) {
      const timer = setTimeout(() => {
        pending.delete(timer);
        callback();
      }, delayMs);
      pending.add(timer.unref());
      const cancel = () => {
        pending.delete(timer);
        clearTimeout(timer);
      };
      return { cancel };
    },
    get timers() {
      return pending.size;
    },
  };
}
