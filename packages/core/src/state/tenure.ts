/** A lease as it was granted. */
export interface Grant {
  /** Which member of the entry's lane granted it. */
  readonly member: number;
  /** Absent: nothing to renew or revoke it by. */
  readonly id: string | undefined;
  /** How long the credential was good for at first: what a full renewal brings it back to. */
  readonly spanMs: number;
  /** The end of the credential itself, on the instance's time; `Infinity` where none is known. */
  readonly validUntil: number;
}

/** Why a credential is replaced and its lease not renewed. */
export type Ending = "not-renewable" | "truncated" | "refused";

/** What is known of the lease of the credential that an entry holds. How much of it is left stands in its life. */
export type Tenure =
  /** What is held, if anything, has no lease. */
  | { readonly kind: "none" }
  | { readonly kind: "renewable"; readonly grant: Grant; readonly id: string }
  /** Good until its end, and not beyond it. */
  | { readonly kind: "ending"; readonly grant: Grant; readonly why: Ending }
  /** Over: the store says so, or it has run out. */
  | { readonly kind: "over"; readonly grant: Grant };

/** All that can happen to it. */
export type TenureEvent =
  | { readonly kind: "granted"; readonly grant: Grant; readonly renewable: boolean }
  /** In full. `id`: the lease's own, where it has changed. */
  | { readonly kind: "renewed"; readonly id: string | undefined; readonly renewable: boolean }
  | { readonly kind: "truncated" }
  | { readonly kind: "refused" }
  | { readonly kind: "ended" }
  /** A record without a lease has taken its place. */
  | { readonly kind: "released" };

export const noTenure = { kind: "none" } as const;
