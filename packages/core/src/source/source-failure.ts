import type { FailureCode } from "../errors/error-code.ts";

/** What a source returns instead of a record. A known failure is returned, not thrown. */
export interface SourceFailure {
  /** The portable reason. Absent is not failed: only a secret that the store says it does not have is `not-found`. */
  readonly failure: FailureCode;
  /** How long the store asked us to wait (`Retry-After`), ms. */
  readonly retryAfterMs?: number;
  /**
   * A whole sentence that says what to do: the missing permission, the command to run. Never a value. It goes into lines of
   * logs: core makes one line of it, without control characters, of at most 1,000 characters.
   */
  readonly advice?: string;
  /**
   * Of a read that mints: true where the store itself says that the read has failed and nothing was made. It then does not
   * count against the mint budget, whatever the code. Left out, an outage counts unless it is a 503, or a connection that
   * never came about.
   */
  readonly madeNothing?: boolean;
  /**
   * True where the store itself is well and this one secret is affected, with a code that otherwise speaks of the whole store
   * (`unavailable`, `timeout`, `throttled`): the database that its credentials are for is down, say. This secret then waits,
   * and no other.
   */
  readonly thisSecretOnly?: boolean;
  /**
   * Identifiers of the store's own error. Core keeps only what looks like an identifier; but an answer can be forged or
   * garbled to look like one, so pass on those that the store documents, and no others.
   */
  readonly native?: {
    readonly name?: string;
    readonly code?: string;
    readonly status?: number;
    readonly requestId?: string;
  };
}
