import type { FailureCode, SourceFailure } from "@secretsource/core/source";
import type { Clock } from "@secretsource/core/source-kit";
import { vaultDefaults } from "../defaults.ts";
import type { Random } from "./held-token.ts";
import { type Stopwatch, startStopwatch } from "./stopwatch.ts";

// These say nothing of our credentials, and core waits after them by itself.
const passing: ReadonlySet<FailureCode> = new Set(["unavailable", "timeout", "throttled", "aborted"]);

/**
 * After a refused login, the same answer for a while: servers lock out who tries again and again, and each of a thousand
 * secrets would try for itself.
 */
export class LoginBackoff {
  readonly #clock: Clock;
  readonly #random: Random;
  #refusals = 0;
  #last: { readonly failure: SourceFailure; readonly since: Stopwatch; readonly waitMs: number } | undefined;

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** The refusal that still stands. */
  get refusal(): SourceFailure | undefined {
    return this.#last !== undefined && this.#last.since.passedMs < this.#last.waitMs ? this.#last.failure : undefined;
  }

  succeeded(): void {
    this.#refusals = 0;
    this.#last = undefined;
  }

  failed(failure: SourceFailure): void {
    if (passing.has(failure.failure)) return;
    const { loginBackoffFirstMs, loginBackoffLongestMs, loginBackoffShortestMs } = vaultDefaults;
    const mostMs = Math.min(loginBackoffLongestMs, loginBackoffFirstMs * 2 ** this.#refusals);
    this.#refusals = Math.min(this.#refusals + 1, 30);
    const waitMs = Math.max(loginBackoffShortestMs, mostMs * this.#random());
    this.#last = { failure, since: startStopwatch(this.#clock), waitMs };
  }
}
