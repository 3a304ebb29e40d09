import { describe, expect, test } from "vitest";
import type { Lifetime } from "../policy/freshness.ts";
import { decideAfterFailure, decideRead, type ReadCircumstances } from "./decide-read.ts";
import { type EntryState, emptyEntry, type Held, type Trouble } from "./entry-state.ts";

const minute = 60_000;
const life: Lifetime = {
  askedAt: 0,
  loadedAt: 0,
  refreshAt: 4 * minute,
  freshUntil: 5 * minute,
  staleUntil: 65 * minute,
  patient: true,
};
const held: Held<string> = { record: "value", life };
const down: Trouble = { failure: { failure: "timeout" }, at: 0, calls: 1, nextTryAt: 10 * minute, refusal: undefined };
const denied = { failure: "access-denied" } as const;
/** Seen first at minute 4. */
const refused: Trouble = { ...down, failure: denied, refusal: { failure: denied, since: 4 * minute } };
const absent: Trouble = {
  ...refused,
  failure: { failure: "not-found" },
  refusal: { failure: { failure: "not-found" }, since: 0 },
};

const inHand = { kind: "held", held } as const;
const refreshing = { kind: "refreshing", held, flight: 1, trouble: undefined } as const;
const loading = { kind: "loading", flight: 1, trouble: undefined } as const;
const troubled = (trouble: Trouble) => ({ kind: "troubled", held, trouble }) as const;
const failed = (trouble: Trouble) => ({ kind: "failed", trouble }) as const;

const outage = { failure: { failure: "unavailable" }, tryDue: false } as const;
const tried = { ...outage, tryDue: true } as const;

interface Row {
  readonly what: string;
  readonly state: EntryState<string>;
  readonly now: number;
  readonly on?: Partial<ReadCircumstances>;
  readonly then: string;
}

function circumstances(now: number, on: Partial<ReadCircumstances> = {}): ReadCircumstances {
  return { now, refresh: false, maxAgeMs: undefined, outage: undefined, awaitingTurn: undefined, ...on };
}

function decided(row: Row): string {
  const decision = decideRead(row.state, circumstances(row.now, row.on));
  if (decision.do === "await") return "await";
  if (decision.do === "fail") return `fail ${decision.failure.failure}${decision.limit ? " at the limit" : ""}`;
  const mark = decision.stale === undefined ? "" : ` as ${decision.stale}`;
  return `serve${mark}${decision.refresh ? ", refresh" : ""}`;
}

function table(title: string, rows: readonly Row[]): void {
  describe(title, () => {
    test.each(rows)("$what: $then", (row) => {
      expect(decided(row)).toBe(row.then);
    });
  });
}

table("with a value in hand", [
  { what: "fresh", state: inHand, now: 4 * minute - 1, then: "serve" },
  { what: "aging", state: inHand, now: 4 * minute, then: "serve, refresh" },
  { what: "aging, being refreshed", state: refreshing, now: 4 * minute, then: "serve, refresh" },
  { what: "at its ttl", state: inHand, now: 5 * minute, then: "await" },
  { what: "at its ttl, being refreshed", state: refreshing, now: 5 * minute, then: "await" },
  { what: "expired", state: inHand, now: 65 * minute, then: "await" },
]);

table("in a known outage", [
  { what: "nothing in hand", state: emptyEntry, now: 0, on: { outage }, then: "fail unavailable" },
  { what: "nothing in hand, a try is due", state: emptyEntry, now: 0, on: { outage: tried }, then: "await" },
  { what: "nothing in hand, a call under way", state: loading, now: 0, on: { outage }, then: "await" },
  { what: "fresh", state: inHand, now: minute, on: { outage }, then: "serve" },
  { what: "aging", state: inHand, now: 4 * minute, on: { outage }, then: "serve" },
  { what: "aging, a try is due", state: inHand, now: 4 * minute, on: { outage: tried }, then: "serve, refresh" },
  { what: "stale", state: inHand, now: 5 * minute, on: { outage }, then: "serve as unavailable" },
  {
    what: "stale, a try is due",
    state: inHand,
    now: 5 * minute,
    on: { outage: tried },
    then: "serve as unavailable, refresh",
  },
  { what: "expired", state: inHand, now: 65 * minute, on: { outage }, then: "fail unavailable at the limit" },
  { what: "expired, a try is due", state: inHand, now: 65 * minute, on: { outage: tried }, then: "await" },
  { what: "expired, a call under way", state: refreshing, now: 65 * minute, on: { outage }, then: "await" },
]);

table("after the store gave no usable answer", [
  { what: "fresh, before the next try", state: troubled(down), now: minute, then: "serve" },
  {
    what: "fresh, the next try is due",
    state: troubled({ ...down, nextTryAt: 0 }),
    now: minute,
    then: "serve, refresh",
  },
  { what: "stale, before the next try", state: troubled(down), now: 5 * minute, then: "serve as timeout" },
  { what: "stale, the next try is due", state: troubled(down), now: 10 * minute, then: "serve as timeout, refresh" },
  {
    what: "expired, before the next try",
    state: troubled({ ...down, nextTryAt: 90 * minute }),
    now: 65 * minute,
    then: "fail timeout at the limit",
  },
  { what: "expired, the next try is due", state: troubled(down), now: 65 * minute, then: "await" },
  { what: "nothing in hand, before the next try", state: failed(down), now: minute, then: "fail timeout" },
  { what: "nothing in hand, the next try is due", state: failed(down), now: 10 * minute, then: "await" },
]);

const refusedAt = (seconds: number) => 4 * minute + seconds * 1000;

table("after the store's own no", [
  { what: "in its 30 s, within the ttl", state: troubled(refused), now: refusedAt(29), then: "serve as access-denied" },
  {
    what: "in its 30 s, the next try is due",
    state: troubled({ ...refused, nextTryAt: refusedAt(29) }),
    now: refusedAt(29),
    then: "serve as access-denied, refresh",
  },
  { what: "after 30 s, within the ttl", state: troubled(refused), now: refusedAt(30), then: "fail access-denied" },
  {
    what: "after 30 s, the next try is due",
    state: troubled({ ...refused, nextTryAt: refusedAt(30) }),
    now: refusedAt(30),
    then: "await",
  },
  {
    what: "in its 30 s, past the ttl",
    state: troubled({ ...refused, refusal: { failure: denied, since: 5 * minute } }),
    now: 5 * minute + 29_999,
    then: "serve as access-denied",
  },
  {
    what: "an outage since: the no keeps its word",
    state: troubled({ ...refused, failure: { failure: "timeout" } }),
    now: refusedAt(29),
    on: { outage },
    then: "serve as access-denied",
  },
  { what: "remembered absence", state: failed(absent), now: 10 * minute - 1, then: "fail not-found" },
  {
    what: "remembered absence, in an outage",
    state: failed(absent),
    now: 10 * minute - 1,
    on: { outage },
    then: "fail not-found",
  },
  {
    what: "forgotten absence, in an outage",
    state: failed(absent),
    now: 10 * minute,
    on: { outage },
    then: "fail unavailable",
  },
  { what: "forgotten absence", state: failed(absent), now: 10 * minute, then: "await" },
]);

const awaitingTurn = "unavailable" as const;

const absentSince = (seconds: number) => ({ failure: { failure: "not-found" }, since: seconds * 1000 }) as const;
const soon = 65 * minute;

table("expired, after the store's own no", [
  {
    what: "remembered",
    state: troubled({ ...absent, nextTryAt: soon + 1, refusal: absentSince(65 * 60 - 9) }),
    now: soon,
    then: "fail not-found",
  },
  {
    what: "forgotten, in an outage",
    state: troubled({ ...absent, nextTryAt: soon, refusal: absentSince(65 * 60 - 10) }),
    now: soon,
    on: { outage },
    then: "fail unavailable at the limit",
  },
  {
    what: "no usable answer since",
    state: troubled({ ...down, nextTryAt: soon + 1, refusal: absentSince(65 * 60 - 11) }),
    now: soon,
    then: "fail timeout at the limit",
  },
]);

table("after an outage, before its turn", [
  { what: "aging", state: inHand, now: 4 * minute, on: { awaitingTurn }, then: "serve" },
  { what: "stale", state: inHand, now: 5 * minute, on: { awaitingTurn }, then: "serve as unavailable" },
  {
    what: "stale, it had failed itself",
    state: troubled(down),
    now: 10 * minute,
    on: { awaitingTurn },
    then: "serve as timeout",
  },
  { what: "expired", state: inHand, now: 65 * minute, on: { awaitingTurn }, then: "await" },
]);

table("with `maxAge`", [
  { what: "young enough", state: inHand, now: minute - 1, on: { maxAgeMs: minute }, then: "serve" },
  { what: "too old", state: inHand, now: minute, on: { maxAgeMs: minute }, then: "await" },
  { what: "of nothing, a second old", state: inHand, now: 1000, on: { maxAgeMs: 0 }, then: "await" },
  { what: "of nothing, asked for a moment ago", state: inHand, now: 999, on: { maxAgeMs: 0 }, then: "serve" },
  { what: "beyond the ttl", state: inHand, now: 5 * minute, on: { maxAgeMs: 60 * minute }, then: "await" },
  {
    what: "too old, in an outage",
    state: inHand,
    now: minute,
    on: { maxAgeMs: 1, outage },
    then: "serve as unavailable",
  },
  {
    what: "too old, before its turn",
    state: inHand,
    now: 4 * minute,
    on: { maxAgeMs: 1, awaitingTurn },
    then: "await",
  },
  {
    what: "too old, before its turn, it had failed itself",
    state: troubled(down),
    now: 10 * minute,
    on: { maxAgeMs: 1, awaitingTurn },
    then: "serve as timeout, refresh",
  },
]);

const forced = { refresh: true } as const;

table("a forced refresh", [
  { what: "nothing in hand", state: emptyEntry, now: 0, on: forced, then: "await" },
  { what: "a call under way", state: refreshing, now: 0, on: forced, then: "await" },
  { what: "an answer of the last second", state: inHand, now: 999, on: forced, then: "serve" },
  { what: "an older answer", state: inHand, now: 1000, on: forced, then: "await" },
  {
    what: "an answer that was old already",
    state: { kind: "held", held: { ...held, life: { ...life, loadedAt: -1000 } } },
    now: 1,
    on: forced,
    then: "await",
  },
  { what: "a failure of the last second", state: troubled(down), now: 999, on: forced, then: "fail timeout" },
  { what: "an older failure", state: troubled(down), now: 1000, on: forced, then: "await" },
  { what: "a remembered absence", state: failed(absent), now: 1000, on: forced, then: "await" },
  { what: "a known outage", state: inHand, now: minute, on: { ...forced, outage }, then: "fail unavailable" },
  { what: "a known outage, a try is due", state: inHand, now: minute, on: { ...forced, outage: tried }, then: "await" },
  {
    what: "throttled until then",
    state: troubled({ ...down, failure: { failure: "throttled" }, nextTryAt: 5000 }),
    now: 4999,
    on: forced,
    then: "fail throttled",
  },
  {
    what: "throttled until now",
    state: troubled({ ...down, failure: { failure: "throttled" }, nextTryAt: 5000 }),
    now: 5000,
    on: forced,
    then: "await",
  },
  { what: "before its turn", state: inHand, now: 5 * minute, on: { ...forced, awaitingTurn }, then: "await" },
]);

describe("when the awaited call has failed", () => {
  const timeout = { failure: "timeout" } as const;
  test.each([
    ["nothing in hand", failed(down), timeout, minute, false, "fail timeout"],
    ["an outage, within maxStale", troubled(down), timeout, 65 * minute - 1, false, "serve as timeout"],
    ["an outage, past maxStale", troubled(down), timeout, 65 * minute, false, "fail timeout at the limit"],
    ["a forced refresh", troubled(down), timeout, minute, true, "fail timeout"],
    ["the store's no, in its 30 s", troubled(refused), denied, refusedAt(29), false, "serve as access-denied"],
    ["the store's no, after 30 s", troubled(refused), denied, refusedAt(30), false, "fail access-denied"],
    ["an outage after the store's no", troubled(refused), timeout, refusedAt(29), false, "serve as access-denied"],
    [
      "the store's no, past maxStale",
      troubled({ ...refused, refusal: { failure: denied, since: 65 * minute } }),
      denied,
      65 * minute,
      false,
      "fail access-denied",
    ],
    ["no word of the store", inHand, { failure: "aborted" } as const, minute, false, "fail aborted"],
    ["a known outage turned it away", inHand, timeout, 6 * minute, false, "serve as timeout"],
  ] as const)("%s", (_what, state, failure, now, refresh, expected) => {
    const decision = decideAfterFailure<string>(state, failure, { now, refresh });
    const limit = decision.do === "fail" && decision.limit ? " at the limit" : "";
    const got = decision.do === "serve" ? `serve as ${decision.stale}` : `fail ${decision.failure.failure}${limit}`;
    expect(got).toBe(expected);
  });
});
