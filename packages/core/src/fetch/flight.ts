import { untilAborted } from "../util/until-aborted.ts";

/** One call that many callers wait for. It is given up when the last of them has gone, unless it is wanted anyway. */
export class Flight<T> {
  readonly #controller = new AbortController();
  readonly #answer: Promise<T>;
  readonly #onGivenUp: () => void;
  #wanted = 0;
  #settled = false;

  constructor(run: (signal: AbortSignal) => Promise<T>, onGivenUp: () => void) {
    this.#onGivenUp = onGivenUp;
    this.#answer = run(this.#controller.signal);
    const settle = () => {
      this.#settled = true;
    };
    this.#answer.then(settle, settle);
  }

  /** Nobody waits for it, and yet it is to go on: a refresh behind. */
  keep(): void {
    this.#wanted += 1;
  }

  /** The answer, or "aborted" as soon as this caller's own signal says so; the flight goes on for the others. */
  async join(signal?: AbortSignal): Promise<T | "aborted"> {
    this.#wanted += 1;
    try {
      return await untilAborted(signal, this.#answer);
    } finally {
      this.#leave();
    }
  }

  /** Ends it for everybody. */
  giveUp(): void {
    if (this.#settled || this.#controller.signal.aborted) return;
    this.#onGivenUp();
    this.#controller.abort();
  }

  #leave(): void {
    this.#wanted -= 1;
    if (this.#wanted === 0) this.giveUp();
  }
}
