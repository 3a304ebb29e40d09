import type { Clock } from "../time/clock.ts";

/** How long a slot is waited for. */
export interface Patience {
  readonly clock: Clock;
  readonly ms: number;
  /** Aborted when the slot is not wanted any more. */
  readonly signal: AbortSignal;
}

/** At most so many at once; the rest wait in order, each no longer than it has patience. */
export class Slots {
  #free: number;
  readonly #waiting = new Set<() => void>();

  constructor(count: number) {
    this.#free = count;
  }

  /** True: a slot was free, and is the caller's until it gives it back. */
  take(): boolean {
    if (this.#free === 0) return false;
    this.#free -= 1;
    return true;
  }

  /** To the one that waits longest, if any. */
  giveBack(): void {
    const [next] = this.#waiting;
    if (next === undefined) this.#free += 1;
    else next();
  }

  /** Where none is free: true when one was handed on to the caller, false when none came in time. */
  turn({ clock, ms, signal }: Patience): Promise<boolean> {
    if (signal.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const settle = (came: boolean) => {
        timer.cancel();
        signal.removeEventListener("abort", leave);
        this.#waiting.delete(come);
        resolve(came);
      };
      const come = () => settle(true);
      const leave = () => settle(false);
      const timer = clock.setTimer(leave, ms, "hold");
      signal.addEventListener("abort", leave);
      this.#waiting.add(come);
    });
  }
}
