import type { Lifetime } from "../policy/freshness.ts";
import type { SecretRecord } from "../source/secret-record.ts";
import type { Setback } from "../state/setback.ts";
import type { Grant } from "../state/tenure.ts";
import type { Loaded } from "./loaded.ts";

/** What a call has brought. */
export type Arrival =
  | {
      readonly kind: "record";
      readonly record: SecretRecord;
      readonly loaded: Loaded;
      readonly attempts: number;
      /** The version that a gate refused, and that this one stands in for. */
      readonly refused?: Loaded;
      /** The start of the read that brought it, on the instance's time. */
      readonly askedAt: number;
      /** The lease that it came with. */
      readonly grant: Grant | undefined;
    }
  | { readonly kind: "confirmed"; readonly changesInMs: number | undefined }
  /** The lease of the credential that is held was renewed. */
  | { readonly kind: "renewed"; readonly life: Lifetime }
  | {
      readonly kind: "failure";
      readonly failure: Setback;
      readonly attempts: number;
      /** No call was made, since the source is known to be out, or may mint no more. */
      readonly turnedAway: boolean;
      /** The version that a gate refused. */
      readonly refused?: Loaded;
    };
