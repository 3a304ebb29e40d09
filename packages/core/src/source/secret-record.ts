import type { Lease } from "./lease.ts";

/** One version of one secret, as the store gave it: nothing decoded, nothing cached, nothing from a second version. */
export interface SecretRecord {
  /** Untouched. A store of maps gives their JSON text; bytes where the store holds bytes. */
  readonly payload: string | Uint8Array;
  /**
   * The store's own version id, never derived from the value: at most 2,048 characters, no control characters among them.
   * Absent where the store has no versions.
   */
  readonly version?: string;
  /** Epoch ms at which this version was created. */
  readonly createdAt?: number;
  /** Epoch ms from which the value is meant to be used (a certificate's `notBefore`, a store's activation date). */
  readonly validFrom?: number;
  /** Epoch ms after which the value no longer works (a certificate's `notAfter`, an expiry date). */
  readonly validUntil?: number;
  /** Milliseconds until the next rotation that the store has announced. */
  readonly changesInMs?: number;
  /** How old it already was when it was answered, in ms: the age in an agent's cache upstream. */
  readonly ageMs?: number;
  /** Present: this credential was minted for us. Core renews and replaces it and never polls it. */
  readonly lease?: Lease;
  /** What the store says besides: dates, tags, types. Never a value. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** The store's id of this request, for audit. */
  readonly requestId?: string;
  /** Whole sentences for the operator, published as `warning` events. Never a value. */
  readonly warnings?: readonly string[];
  /** Tells a record from a {@link SourceFailure}. */
  readonly failure?: undefined;
}
