import { isAnswerLost } from "../policy/answer-lost.ts";
import { cacheKey } from "../policy/cache-key.ts";
import { leaseSpan } from "../policy/lease-terms.ts";
import type { SecretRecord } from "../source/secret-record.ts";
import type { SecretRef } from "../source/secret-ref.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import { counts, type MintLog, mintableIn, minted, minting, noMints, unminted } from "../state/mint-log.ts";
import type { Setback } from "../state/setback.ts";
import type { Clock } from "../time/clock.ts";
import type { InstanceTime } from "../time/instance-time.ts";

const sweepFrom = 100;

/**
 * How many credentials one source may mint, for each secret by itself. It is kept here and not with the entries, so that
 * neither pushing an entry out nor asking in another way makes room for more.
 */
export class MintBudget {
  readonly #clock: Clock;
  readonly #time: InstanceTime;
  /** Whether every read of the source mints. Otherwise: of the secrets that once came with a lease. */
  readonly #always: boolean;
  readonly #logs = new Map<string, MintLog>();
  #sweepAt = sweepFrom;

  constructor(context: { readonly clock: Clock; readonly time: InstanceTime }, always: boolean) {
    this.#clock = context.clock;
    this.#time = context.time;
    this.#always = always;
  }

  /** True if a read of this ref makes a credential. */
  mints(ref: SecretRef): boolean {
    return this.#always || this.#logOf(ref) !== undefined;
  }

  /** Why no read may be made now; undefined where one may. */
  refusal(ref: SecretRef): Setback | undefined {
    const log = this.#logOf(ref);
    const waitMs = log === undefined ? 0 : mintableIn(log, this.#time.precise());
    if (waitMs <= 0) return undefined;
    return {
      failure: "mint-budget-exhausted",
      retryAfterMs: waitMs,
      advice:
        "More credentials were minted in 10 min than their leases need: find out why they are lost, refused or asked for anew, then wait or restart.",
    };
  }

  /** A read leaves, in a call that began at that time. The result is to be called with what came of it. */
  departs(ref: SecretRef, at: number): (answer: SecretRecord | SourceFailure | "alone") => void {
    const counted = this.mints(ref);
    if (counted) this.#remember(keyOf(ref), minting(this.#logOf(ref) ?? noMints, at));
    return (answer) => this.#arrived(ref, at, counted, answer);
  }

  #arrived(ref: SecretRef, at: number, counted: boolean, answer: SecretRecord | SourceFailure | "alone"): void {
    if (answer === "alone" || answer.failure !== undefined) {
      const log = this.#logOf(ref);
      if (!counted || log === undefined || (answer !== "alone" && isAnswerLost(answer))) return;
      const without = unminted(log, at);
      // Of a source that does not mint as such, the log alone knows that this secret does.
      if (without === undefined && this.#always) this.#logs.delete(keyOf(ref));
      else this.#logs.set(keyOf(ref), without ?? { ...log, plannedFrom: at });
      return;
    }
    const { lease, validUntil } = answer;
    if (lease === undefined) return;
    const log = this.#logOf(ref) ?? minting(noMints, at);
    const validForMs = validUntil === undefined ? undefined : validUntil - this.#clock.now();
    this.#remember(keyOf(ref), minted(log, at, leaseSpan(lease, validForMs)));
  }

  /** Most sources never mint, and have no key to build. */
  #logOf(ref: SecretRef): MintLog | undefined {
    return this.#logs.size === 0 ? undefined : this.#logs.get(keyOf(ref));
  }

  #remember(key: string, log: MintLog): void {
    this.#logs.set(key, log);
    if (this.#logs.size < this.#sweepAt) return;
    const now = this.#time.precise();
    for (const [old, one] of this.#logs) if (!counts(one, now)) this.#logs.delete(old);
    this.#sweepAt = Math.max(sweepFrom, 2 * this.#logs.size);
  }
}

function keyOf({ name, version }: SecretRef): string {
  return cacheKey("", name, version);
}
