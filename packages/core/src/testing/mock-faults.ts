import type { FailureCode } from "../errors/error-code.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import type { Clock } from "../time/clock.ts";
import { sleep } from "../time/sleep.ts";
import type { MockMethod } from "./mock-call.ts";

/** What was scripted, and how often it happened. */
export interface Script {
  /** Undefined: for every name. */
  readonly name: string | undefined;
  readonly what: FailureCode | "hang" | "delay";
  readonly on: MockMethod | undefined;
  /** `Infinity`: until it is ended. */
  readonly times: number;
  readonly delayMs: number;
  readonly answer: SourceFailure | undefined;
  happened: number;
  ended: boolean;
}

/** What goes wrong in a mock, in the order in which it was scripted. */
export class MockFaults {
  readonly #scripts: Script[] = [];

  get scripts(): readonly Script[] {
    return this.#scripts;
  }

  /** One without an end gives way to a later one of its kind. */
  add(script: Pick<Script, "name" | "what"> & Partial<Script>): void {
    const added = {
      on: undefined,
      times: Infinity,
      delayMs: 0,
      answer: undefined,
      happened: 0,
      ended: false,
      ...script,
    };
    for (const earlier of this.#scripts) {
      const same = earlier.name === added.name && earlier.on === added.on && isSlow(earlier) === isSlow(added);
      if (same && earlier.times === Infinity) earlier.ended = true;
    }
    this.#scripts.push(added);
  }

  /** Ends what was scripted for the name; without one, everything. */
  end(name: string | undefined): void {
    for (const script of this.#scripts) {
      if (name === undefined || script.name === name) script.ended = true;
    }
  }

  /** The failure that is due for every name, or for this one; it has happened then. */
  failure(name: string | undefined, method: MockMethod): SourceFailure | undefined {
    const due = this.#scripts.find((script) => script.name === name && !isSlow(script) && isDue(script, method));
    if (due !== undefined) due.happened += 1;
    return due?.answer;
  }

  isSlow(name: string): boolean {
    return this.#scripts.some((script) => script.name === name && isSlow(script) && !script.ended);
  }

  /** @throws The signal's reason. */
  async pass(name: string, clock: Clock, signal: AbortSignal): Promise<void> {
    const slow = this.#scripts.find((script) => script.name === name && isSlow(script) && !script.ended);
    if (slow === undefined) return;
    slow.happened += 1;
    if (slow.what === "hang") await untilAborted(signal);
    else await sleep(clock, slow.delayMs, signal, "hold");
    signal.throwIfAborted();
  }
}

function isSlow({ what }: Pick<Script, "what">): boolean {
  return what === "hang" || what === "delay";
}

function isDue({ ended, happened, times, on }: Script, method: MockMethod): boolean {
  if (ended || happened >= times) return false;
  // A read may travel in a batch, which is no business of the one who scripts the reads of a name.
  return on === undefined || on === method || (on === "read" && method === "batch");
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
