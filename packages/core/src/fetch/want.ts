import type { SecretRecord } from "../source/secret-record.ts";
import type { SecretRef } from "../source/secret-ref.ts";
import type { SourceFailure } from "../source/source-failure.ts";

/** One ref that somebody wants from one source. */
export interface Want {
  readonly ref: SecretRef;
  readonly bypassCaches: boolean;
  /** Aborted when nobody wants it any more. */
  readonly signal: AbortSignal;
  /** The most attempts that may be made. */
  readonly attempts: number;
}

/** What became of a want. */
export interface Answer {
  readonly answer: SecretRecord | SourceFailure;
  /** Calls of the store that were made for it. */
  readonly attempts: number;
  /** True: no call was made, since the source is known to be out. */
  readonly turnedAway: boolean;
}
