import type { Lifetime } from "../policy/freshness.ts";
import type { Setback } from "./setback.ts";

/** A good record with the moments of its life. */
export interface Held<Record> {
  readonly record: Record;
  readonly life: Lifetime;
  /** The store itself was asked, past the caches upstream: whatever its age, there was nothing newer to be had. */
  readonly pastCaches?: boolean;
}

/** What has gone wrong since the last good answer. */
export interface Trouble {
  /** The latest failure. */
  readonly failure: Setback;
  readonly at: number;
  /** Calls that failed in a row. */
  readonly calls: number;
  /** No call before this moment, but for a forced refresh. */
  readonly nextTryAt: number;
  /** The store's own no (denied, deleted, disabled, ...), with the moment it was first seen. Kept until a success. */
  readonly refusal: { readonly failure: Setback; readonly since: number } | undefined;
}

/**
 * All that is known of one secret's one version selector. `Flight` is the number of the one call under way. Whether a
 * held record is fresh is not here: it is derived from its life and the time.
 */
export type EntryState<Record> =
  | { readonly kind: "empty" }
  | { readonly kind: "loading"; readonly flight: number; readonly trouble: Trouble | undefined }
  | { readonly kind: "failed"; readonly trouble: Trouble }
  | { readonly kind: "held"; readonly held: Held<Record> }
  | {
      readonly kind: "refreshing";
      readonly held: Held<Record>;
      readonly flight: number;
      readonly trouble: Trouble | undefined;
    }
  | { readonly kind: "troubled"; readonly held: Held<Record>; readonly trouble: Trouble };

export const emptyEntry = { kind: "empty" } as const;

export function heldOf<Record>(state: EntryState<Record>): Held<Record> | undefined {
  return "held" in state ? state.held : undefined;
}

export function troubleOf(state: EntryState<unknown>): Trouble | undefined {
  return "trouble" in state ? state.trouble : undefined;
}
