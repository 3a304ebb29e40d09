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

  /** "late": no slot was free in time, and nothing was run. */
  async use<T>(run: () => Promise<T>, patience: Patience): Promise<T | "late"> {
    if (this.#free > 0) this.#free -= 1;
    else if (!(await this.#turn(patience))) return "late";
    try {
      return await run();
    } finally {
      const [next] = this.#waiting;
      if (next === undefined) this.#free += 1;
      else next();
    }
  }

  /** True when a slot was handed on to it. */
  #turn({ clock, ms, signal }: Patience): Promise<boolean> {
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
