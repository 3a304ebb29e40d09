import type { Lifetime } from "../policy/freshness.ts";
import type { Held } from "./entry-state.ts";
import type { Setback } from "./setback.ts";

/** What went wrong, when, and how long to wait before the next call. */
export interface Failed {
  readonly failure: Setback;
  readonly at: number;
  readonly waitMs: number;
}

/** All that can happen to an entry. A landing names its flight, so that a late one can be told. */
export type EntryEvent<Record> =
  | { readonly kind: "started"; readonly flight: number }
  /** `besides`: it stands in for another, that is not good; that one is to be tried again. */
  | { readonly kind: "loaded"; readonly flight: number; readonly held: Held<Record>; readonly besides?: Failed }
  /** The store still has the version that is held: its life begins anew. */
  | { readonly kind: "confirmed"; readonly flight: number; readonly life: Lifetime }
  /** The lease of what is held has turned out shorter than it was taken for; the call goes on for another. */
  | { readonly kind: "curtailed"; readonly flight: number; readonly life: Lifetime }
  | ({ readonly kind: "failed"; readonly flight: number } & Failed)
  /** The flight ended without a word of the store: nobody wanted it any more, or a known outage turned it away. */
  | { readonly kind: "ended"; readonly flight: number };
