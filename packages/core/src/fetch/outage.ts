import type { FailureCode } from "../errors/error-code.ts";
import { waitBetweenCalls } from "../policy/backoff.ts";
import { policyDefaults } from "../policy/defaults.ts";
import { isOutage } from "../policy/failure-class.ts";
import type { Random } from "../policy/random.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import { type OutageState, reduceOutage, sourceUp, tryDue } from "../state/outage-state.ts";
import type { InstanceTime } from "../time/instance-time.ts";

// A source refuses these before it uses the network, so they say nothing about the store.
const withoutTheStore: ReadonlySet<FailureCode> = new Set<FailureCode>(["aborted", "invalid-request", "unsupported"]);

// So many may be given up at once, by chance or by a shutdown.
const mostGivenUp = 5;

/** A failure, or anything else: an answer is an answer. */
type Ended = SourceFailure | { readonly failure?: undefined };

/** What is known of one source as a whole, so that a thousand entries do not find out one by one. */
export class Outage {
  readonly #time: InstanceTime;
  readonly #random: Random;
  #state: OutageState = sourceUp;
  /** Attempts that were given up since the store last said a word, and how long they have waited. */
  #givenUp = 0;
  #silentMs = 0;
  #hearsOut = false;

  constructor(time: InstanceTime, random: Random) {
    this.#time = time;
    this.#random = random;
  }

  /** The failure that everybody gets, or undefined while the source answers. */
  get failure(): SourceFailure | undefined {
    return this.#state.kind === "down" ? this.#state.failure : undefined;
  }

  get nextTryAt(): number | undefined {
    return this.#state.kind === "down" ? this.#state.nextTryAt : undefined;
  }

  isTryDue(now: number): boolean {
    return tryDue(this.#state, now);
  }

  /** "call" while it answers, "try" for the one call that finds out whether it does again, else the known failure. */
  admit(): "call" | "try" | SourceFailure {
    if (this.#state.kind === "up") return "call";
    if (!this.isTryDue(this.#time.precise())) return this.#state.failure;
    this.#state = reduceOutage(this.#state, { kind: "try-started" });
    return "try";
  }

  /** An attempt was given up after that time. True: this one is to be heard out; {@link wasHeardOut} is to be called. */
  gaveUp(afterMs: number): boolean {
    this.#givenUp += 1;
    this.#silentMs += afterMs;
    if (this.#hearsOut) return false;
    if (this.#silentMs < policyDefaults.attemptMs && this.#givenUp < mostGivenUp) return false;
    this.#hearsOut = true;
    return true;
  }

  wasHeardOut(): void {
    this.#hearsOut = false;
  }

  /** A call has ended with these. A store's own no is an answer too. */
  ended(startedAt: number, answers: readonly Ended[], isTry: boolean): void {
    const at = this.#time.precise();
    const failures = answers.filter((answer): answer is SourceFailure => answer.failure !== undefined);
    const failure = failures.find(isOfTheStore);
    const silent = failures.filter((one) => withoutTheStore.has(one.failure));
    if (failures.some((one) => !isOfTheStore(one) && !silent.includes(one)) || failures.length < answers.length) {
      this.#givenUp = 0;
      this.#silentMs = 0;
      this.#state = reduceOutage(this.#state, { kind: "answered", at });
    } else if (failure !== undefined) {
      const waitMs = this.#wait(failure, 1);
      this.#state = reduceOutage(this.#state, { kind: "failed", startedAt, at, failure, waitMs, isTry });
    } else if (isTry && this.#state.kind === "down" && this.#state.trying) {
      // Given up while it was at the store: the next one has to keep its distance all the same.
      const givenUp = silent.some((one) => one.failure === "aborted");
      const waitMs = givenUp ? this.#wait(this.#state.failure, 0) : 0;
      this.#state = reduceOutage(this.#state, { kind: "try-ended", startedAt, nextTryAt: at + waitMs });
    }
  }

  #wait(failure: SourceFailure, more: number): number {
    const calls = this.#state.kind === "down" ? this.#state.calls : 0;
    return waitBetweenCalls(calls + more, failure, this.#random);
  }
}

function isOfTheStore({ failure, thisSecretOnly }: SourceFailure): boolean {
  return isOutage(failure) && thisSecretOnly !== true;
}
