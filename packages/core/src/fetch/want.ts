import type { SecretRecord } from "../source/secret-record.ts";
import type { SecretRef } from "../source/secret-ref.ts";
import type { Setback } from "../state/setback.ts";

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
  readonly answer: SecretRecord | Setback;
  /** Calls of the store that were made for it. */
  readonly attempts: number;
  /** True: no call was made, since the source is known to be out, or may mint no more. */
  readonly turnedAway: boolean;
}

/** The same of several sources, with which of them it was. */
export interface LaneAnswer extends Answer {
  readonly member: number;
}
