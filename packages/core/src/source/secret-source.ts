import type { Lease } from "./lease.ts";
import type { SecretRecord } from "./secret-record.ts";
import type { SecretRef } from "./secret-ref.ts";
import type { SourceCall } from "./source-call.ts";
import type { SourceContext } from "./source-context.ts";
import type { SourceFailure } from "./source-failure.ts";
import type { SourceTraits } from "./source-traits.ts";

/**
 * One store, or one engine of it. A method that is present is a capability that works. A source has no cache, no
 * retry, no decoding, no chunking and no logging: core has each of them once. A second request that answers a challenge
 * (a 401 that names the token to fetch, a login that has ended, a clock that the store has corrected) is no retry: once
 * per call.
 *
 * Known failures are **returned** as {@link SourceFailure}. Whatever else escapes is given to {@link classify}.
 * Methods may be called concurrently and are called without `this` being lost.
 */
export interface SecretSource {
  /** Version of this contract. */
  readonly specVersion: 1;
  /** The service, kebab-case: `aws-secrets-manager`, `env`. Stands in errors and events. */
  readonly kind: string;
  readonly traits: SourceTraits;

  /** Reads one version of one secret, by one consistent answer of the store. */
  read(ref: SecretRef, context: SourceContext): Promise<SecretRecord | SourceFailure>;

  /** Reads several in one request. Core chunks by `limit`, removes duplicates, and falls back to {@link read}. */
  readonly batch?: SourceBatch;

  /**
   * Asks which version the ref names now, without the value travelling, and cheaper than {@link read}. The same
   * version as the record's confirms the record.
   */
  probe?(ref: SecretRef, context: SourceContext): Promise<SourceProbe | SourceFailure>;

  /** Renews and revokes the leases of records that this source minted. */
  readonly leases?: SourceLeases;

  /**
   * Calls `changed` whenever the name may have changed, from the moment it was called until `context.signal` is
   * aborted. Settles when it ends, for whatever reason; core starts it again. A report is a hint: core looks itself.
   */
  watch?(name: string, changed: () => void, context: SourceContext): Promise<void>;

  /**
   * Brings what only the methods above need, an SDK say; settles when all of it is there, undefined where it is. Core awaits it before a
   * read, for at most 7 s and outside of an attempt's own time: a slow disk, or a CPU that is short, is no store that does not answer. What
   * comes of it is not looked at: the method says what it lacks.
   */
  load?(): Promise<void> | undefined;

  /**
   * Names what escaped from one of the methods above; `undefined` if it cannot (core then says `unknown`). Synchronous,
   * and never asked about an abort or a deadline: core knows those.
   *
   * @param call The method that it escaped from; core always says it. For advice that names the permission.
   */
  classify(error: unknown, call?: SourceCall): SourceFailure | undefined;

  /** Ends sockets, handles and caches of its own. Called once, after the last call has settled or was aborted. */
  close?(): Promise<void>;
}

export interface SourceBatch {
  /** The most refs that one request of the store takes. */
  readonly limit: number;
  /**
   * One answer per ref, in the order of `refs` (1 to `limit` of them, no two alike); `"alone"` sends an item to
   * {@link SecretSource.read}. A failure instead of the list means that the request as a whole failed.
   */
  read(
    refs: readonly SecretRef[],
    context: SourceContext,
  ): Promise<readonly (SecretRecord | SourceFailure | "alone")[] | SourceFailure>;
}

export interface SourceProbe {
  readonly version: string;
  /** As in {@link SecretRecord.changesInMs}. */
  readonly changesInMs?: number;
}

export interface SourceLeases {
  /** The lease as it is now; its `ttlMs` may be less than what was there before. */
  renew(id: string, context: SourceContext): Promise<Lease | SourceFailure>;
  revoke(id: string, context: SourceContext): Promise<void | SourceFailure>;
}
