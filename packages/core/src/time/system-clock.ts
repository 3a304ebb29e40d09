import type { Clock } from "./clock.ts";
import { wholeDelay } from "./whole-delay.ts";

const longestNativeDelayMs = 2 ** 31 - 1;

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimer(callback, delayMs, hold) {
    // A native timer above its limit fires at once; longer waits are made of several.
    const arm = (leftMs: number): NodeJS.Timeout => {
      const stepMs = Math.min(leftMs, longestNativeDelayMs);
      const native = setTimeout(() => {
        if (leftMs > stepMs) timer = arm(leftMs - stepMs);
        else callback();
      }, stepMs);
      if (hold === undefined) native.unref();
      return native;
    };
    let timer = arm(wholeDelay(delayMs));
    return { cancel: () => clearTimeout(timer) };
  },
};
