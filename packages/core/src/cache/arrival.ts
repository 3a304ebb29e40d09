import type { SecretRecord } from "../source/secret-record.ts";
import type { Setback } from "../state/setback.ts";
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
    }
  | { readonly kind: "confirmed"; readonly changesInMs: number | undefined }
  | {
      readonly kind: "failure";
      readonly failure: Setback;
      readonly attempts: number;
      /** No call was made, since the source is known to be out. */
      readonly turnedAway: boolean;
      /** The version that a gate refused. */
      readonly refused?: Loaded;
    };
