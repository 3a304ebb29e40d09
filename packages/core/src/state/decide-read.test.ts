import { describe, expect, test } from "vitest";
import {
  absent,
  circumstances,
  type DecisionRow,
  denied,
  down,
  failed,
  held,
  inHand,
  loading,
  minute,
  outage,
  refreshing,
  refused,
  refusedAt,
  told,
  tried,
  troubled,
} from "../../test/decisions.ts";
import { decideRead } from "./decide-read.ts";
import { emptyEntry } from "./entry-state.ts";

function table(title: string, rows: readonly DecisionRow[]): void {
  describe(title, () => {
    test.each(rows)("$what: $then", (row) => {
      expect(told(decideRead(row.state, circumstances(row.now, row.on)))).toBe(row.then);
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
  {
    what: "fresh, a newer version was refused",
    state: troubled({ ...down, failure: { failure: "verify-failed" } }),
    now: minute,
    then: "serve as verify-failed",
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
    what: "after 30 s, before the next try, a forced call under way",
    state: { ...refreshing, trouble: refused },
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
  {
    what: "stale, the store had said no",
    state: troubled({ ...refused, nextTryAt: 5 * minute, refusal: { failure: denied, since: 5 * minute } }),
    now: 5 * minute,
    on: { awaitingTurn },
    then: "serve as access-denied, refresh",
  },
  {
    what: "stale, the next outage has begun and a try is due",
    state: inHand,
    now: 5 * minute,
    on: { awaitingTurn, outage: tried },
    then: "serve as unavailable",
  },
  { what: "expired", state: inHand, now: 65 * minute, on: { awaitingTurn }, then: "await" },
]);

const young = { kind: "held", held: { ...held, life: { ...held.life, askedAt: minute, loadedAt: minute } } } as const;

table("with `maxAge`", [
  { what: "young enough", state: inHand, now: minute - 1, on: { maxAgeMs: minute }, then: "serve" },
  { what: "too old", state: inHand, now: minute, on: { maxAgeMs: minute }, then: "await" },
  { what: "of nothing, a second old", state: inHand, now: 1000, on: { maxAgeMs: 0 }, then: "await" },
  { what: "of nothing, asked for a moment ago", state: inHand, now: 999, on: { maxAgeMs: 0 }, then: "serve" },
  { what: "young enough, later on", state: young, now: 2 * minute - 1, on: { maxAgeMs: minute }, then: "serve" },
  {
    what: "of nothing, asked for a moment ago, later on",
    state: young,
    now: minute + 999,
    on: { maxAgeMs: 0 },
    then: "serve",
  },
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
