import type { SecretsErrorCode } from "../errors/error-code.ts";
import type { ReplaceReason } from "./lease-step.ts";

/** What every event about one secret says. Names and versions, never a value. */
export interface AboutSecret {
  /** The source, by the name that it has in the instance. */
  readonly source: string;
  readonly secretName: string;
  /** The version selector: a stage, `id:...` or `label:...`. */
  readonly selector: string;
  /** Epoch ms. */
  readonly at: number;
}

/** All that an instance tells. A closed list; the events of one secret come in the order in which things happened. */
export type SecretsEvent =
  /** The store gave a record. `requestId` is the store's, for audit. */
  | (AboutSecret & {
      readonly type: "loaded";
      readonly version: string | undefined;
      readonly requestId: string | undefined;
      readonly attempts: number;
      /** From the start of the call, all attempts and waits included, ms. */
      readonly durationMs: number;
    })
  /**
   * The record is of another version than the one before it. That a verify hook accepted it is known by then; whether each
   * reader's schema does is not: `rejected` says so where one does not.
   */
  | (AboutSecret & {
      readonly type: "rotated";
      readonly version: string | undefined;
      readonly previousVersion: string | undefined;
    })
  /** A call failed after its retries, or what was there is gone. No call before `nextTryInMs`. */
  | (AboutSecret & {
      readonly type: "refresh-failed";
      readonly code: SecretsErrorCode;
      readonly attempts: number;
      readonly durationMs: number;
      readonly nextTryInMs: number;
    })
  /**
   * The store was asked, and does not have it; nothing that was there is gone. Not a failure: an optional secret, or a stage
   * (`previous`, `pending`) that a secret need not have. No call before `nextTryInMs`.
   */
  | (AboutSecret & {
      readonly type: "absent";
      readonly code: SecretsErrorCode;
      readonly attempts: number;
      readonly durationMs: number;
      readonly nextTryInMs: number;
    })
  /** A value past its ttl is being served. Once per spell. */
  | (AboutSecret & { readonly type: "became-stale"; readonly code: SecretsErrorCode; readonly ageMs: number })
  /** The last good value is too old to be served. Once per spell. */
  | (AboutSecret & { readonly type: "expired"; readonly code: SecretsErrorCode })
  /** A good answer after failures. After `absent` alone there is none: nothing had failed. */
  | (AboutSecret & { readonly type: "recovered"; readonly code: SecretsErrorCode })
  /**
   * A new version was refused, by a verify hook (`verify-failed`) or by a reader's decoding or schema; the last good one
   * is served. Once per version.
   */
  | (AboutSecret & {
      readonly type: "rejected";
      readonly version: string | undefined;
      readonly code: SecretsErrorCode;
    })
  /** The lease of a minted credential was renewed, and lasts as long from now. */
  | (AboutSecret & { readonly type: "lease-renewed"; readonly leaseMs: number })
  /** A new credential has taken the place of a minted one, and lasts as long from now. Why the lease was not renewed. */
  | (AboutSecret & { readonly type: "lease-replaced"; readonly leaseMs: number; readonly reason: ReplaceReason })
  /**
   * The lease of a minted credential is over before another has taken its place: the store says so, or it ran out. The
   * code: what stood against its renewal; undefined where nothing did (a process that was frozen).
   */
  | (AboutSecret & { readonly type: "lease-lost"; readonly code: SecretsErrorCode | undefined })
  /** A sentence for the operator: the source's own, or that a permission is missing without which everything still works. */
  | (AboutSecret & { readonly type: "warning"; readonly message: string })
  /** Something works less well than it could until somebody acts: a batch that is refused, a mint budget that is spent. */
  | {
      readonly type: "degraded";
      readonly source: string;
      /** Where it concerns one secret. */
      readonly secretName?: string;
      readonly code: SecretsErrorCode;
      readonly message: string;
      readonly at: number;
    }
  | { readonly type: "closed"; readonly at: number };
