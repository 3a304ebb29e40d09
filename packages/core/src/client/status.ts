import type { Entry } from "../cache/entry.ts";
import { selectorText } from "../cache/tell.ts";
import type { SecretsErrorCode } from "../errors/error-code.ts";
import { type Freshness, freshness } from "../policy/freshness.ts";
import { heldOf, troubleOf } from "../state/entry-state.ts";

/** What an instance knows of one secret. No value. */
export interface SecretStatus {
  readonly source: string;
  readonly secretName: string;
  /** The version selector: a stage, `id:...` or `label:...`. */
  readonly selector: string;
  /** The store's version id; undefined where there is none, or nothing was loaded. */
  readonly version: string | undefined;
  /** Since the start of the read that brought the value, ms; undefined where nothing was loaded. */
  readonly ageMs: number | undefined;
  /** Undefined where nothing was loaded. */
  readonly freshness: Freshness | undefined;
  /** Calls that failed in a row, and why the last one did. */
  readonly failures: number;
  readonly failure: SecretsErrorCode | undefined;
  /** When the next call may be made, from now, ms; 0 where nothing stands against one. */
  readonly nextTryInMs: number;
  readonly refreshing: boolean;
  /** What is left of a minted credential's lease, ms; undefined where it has none. */
  readonly leaseLeftMs: number | undefined;
}

export function statusOf(entry: Entry, now: number): SecretStatus {
  const { state, lane, ref } = entry;
  const held = heldOf(state);
  const trouble = troubleOf(state);
  const outage = lane.outage(now);
  return {
    source: lane.name,
    secretName: ref.name,
    selector: selectorText(ref.version),
    version: held?.record.version,
    ageMs: held && now - held.life.loadedAt,
    freshness: held && freshness(held.life, now),
    failures: trouble?.calls ?? 0,
    failure: trouble?.failure.failure ?? outage?.failure.failure,
    nextTryInMs: Math.max(0, (trouble?.nextTryAt ?? now) - now),
    refreshing: "flight" in state,
    leaseLeftMs: held?.life.leased ? Math.max(0, held.life.staleUntil - now) : undefined,
  };
}
