import type { Held } from "./entry-state.ts";
import type { Setback } from "./setback.ts";

/** All that can happen to an entry. A landing names its flight, so that a late one can be told. */
export type EntryEvent<Record> =
  | { readonly kind: "started"; readonly flight: number }
  | { readonly kind: "loaded"; readonly flight: number; readonly held: Held<Record> }
  | {
      readonly kind: "failed";
      readonly flight: number;
      readonly failure: Setback;
      readonly at: number;
      readonly waitMs: number;
    }
  /** The flight ended without a word of the store: nobody wanted it any more, or a known outage turned it away. */
  | { readonly kind: "ended"; readonly flight: number };
