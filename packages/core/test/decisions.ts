import type { Lifetime } from "../src/policy/freshness.ts";
import type { ReadCircumstances, ReadDecision } from "../src/state/decide-read.ts";
import type { EntryState, Held, Trouble } from "../src/state/entry-state.ts";

export const minute = 60_000;

/** A case of a table of decisions. */
export interface DecisionRow {
  readonly what: string;
  readonly state: EntryState<string>;
  readonly now: number;
  readonly on?: Partial<ReadCircumstances>;
  readonly then: string;
}

export const life: Lifetime = {
  askedAt: 0,
  loadedAt: 0,
  refreshAt: 4 * minute,
  freshUntil: 5 * minute,
  staleUntil: 65 * minute,
  patient: true,
};
export const held: Held<string> = { record: "value", life };

export const down: Trouble = {
  failure: { failure: "timeout" },
  at: 0,
  calls: 1,
  nextTryAt: 10 * minute,
  refusal: undefined,
};
export const denied = { failure: "access-denied" } as const;
/** Seen first at minute 4. */
export const refused: Trouble = { ...down, failure: denied, refusal: { failure: denied, since: 4 * minute } };
export const refusedAt = (seconds: number) => 4 * minute + seconds * 1000;
export const absent: Trouble = {
  ...refused,
  failure: { failure: "not-found" },
  refusal: { failure: { failure: "not-found" }, since: 0 },
};

export const inHand = { kind: "held", held } as const;
export const refreshing = { kind: "refreshing", held, flight: 1, trouble: undefined } as const;
export const loading = { kind: "loading", flight: 1, trouble: undefined } as const;
export const troubled = (trouble: Trouble) => ({ kind: "troubled", held, trouble }) as const;
export const failed = (trouble: Trouble) => ({ kind: "failed", trouble }) as const;

export const outage = { failure: { failure: "unavailable" }, tryDue: false } as const;
export const tried = { ...outage, tryDue: true } as const;

export function circumstances(now: number, on: Partial<ReadCircumstances> = {}): ReadCircumstances {
  return { now, refresh: false, maxAgeMs: undefined, outage: undefined, awaitingTurn: undefined, ...on };
}

/** A decision as a table says it: `serve as timeout, refresh`. */
export function told(decision: ReadDecision<string>): string {
  if (decision.do === "fail") return `fail ${decision.failure.failure}${decision.limit ? " at the limit" : ""}`;
  if (decision.do !== "serve") return decision.do;
  const mark = decision.stale === undefined ? "" : ` as ${decision.stale}`;
  return `serve${mark}${decision.refresh ? ", refresh" : ""}`;
}
