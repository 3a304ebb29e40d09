import type { Clock, Timer } from "../time/clock.ts";

/** The instance's one timer for everything that is watched. It never keeps a program from ending. */
export class Ticker {
  readonly #clock: Clock;
  readonly #everyMs: number;
  readonly #tick: () => void;
  #timer: Timer | undefined;

  constructor(clock: Clock, everyMs: number, tick: () => void) {
    this.#clock = clock;
    this.#everyMs = everyMs;
    this.#tick = tick;
  }

  /** Idempotent. */
  start(): void {
    this.#timer ??= this.#arm();
  }

  /** Idempotent. */
  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #arm(): Timer {
    return this.#clock.setTimer(() => {
      this.#timer = this.#arm();
      this.#tick();
    }, this.#everyMs);
  }
}
