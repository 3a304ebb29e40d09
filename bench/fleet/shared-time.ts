import { TimerQueue } from "../../packages/core/src/testing/timer-queue.ts";
import type { Clock } from "../../packages/core/src/time/clock.ts";
import { wholeDelay } from "../../packages/core/src/time/whole-delay.ts";

const startOfTime = Date.UTC(2026, 0, 1);

/**
 * One virtual time for a whole fleet. Whoever moves it calls `drain` after every instant, so that all that hangs on
 * promises has run before the next one.
 */
export class SharedTime {
  readonly clock: Clock;
  readonly #timers = new TimerQueue();
  #elapsed = 0;

  constructor() {
    this.clock = {
      now: () => startOfTime + this.#elapsed,
      monotonic: () => this.#elapsed,
      setTimer: (callback, delayMs) => {
        const dueAt = this.#elapsed + wholeDelay(delayMs);
        return { cancel: this.#timers.add({ fire: callback, dueAt, holds: false, hops: 0 }) };
      },
    };
  }

  /** Milliseconds since the fleet was started. */
  get elapsed(): number {
    return this.#elapsed;
  }

  /** An epoch moment of this time's clock as milliseconds since the fleet was started. */
  static sinceStart(epochMs: number): number {
    return epochMs - startOfTime;
  }

  /** Fires every timer that is due up to and including `instant`, in order, and stands there. */
  async moveTo(instant: number): Promise<void> {
    for (let due = this.#nextDue(); due <= instant; due = this.#nextDue()) {
      this.#elapsed = Math.max(this.#elapsed, due);
      this.#fireDue(due);
      await drained();
    }
    this.#elapsed = instant;
  }

  #nextDue(): number {
    return this.#timers.first()?.dueAt ?? Number.POSITIVE_INFINITY;
  }

  #fireDue(instant: number): void {
    for (let next = this.#timers.first(); next !== undefined && next.dueAt <= instant; next = this.#timers.first()) {
      this.#timers.takeFirst();
      next.fire();
    }
  }
}

/** One turn of the event loop comes after all microtasks and ticks, also those that others add. */
export function drained(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
