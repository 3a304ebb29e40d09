/** A time-limited grant of a minted credential. */
export interface Lease {
  /** What to renew or revoke it by. Absent: nothing can be renewed (a certificate, say). */
  readonly id?: string;
  /** Milliseconds that were left of it when the answer was made. */
  readonly ttlMs: number;
  readonly renewable: boolean;
}
