import { describe, expect, test } from "vitest";
import {
  absent,
  circumstances,
  type DecisionRow,
  down,
  failed,
  held,
  inHand,
  life,
  minute,
  outage,
  refreshing,
  told,
  tried,
  troubled,
} from "../../test/decisions.ts";
import { answersForced, decideRead } from "./decide-read.ts";
import { emptyEntry } from "./entry-state.ts";

const awaitingTurn = "unavailable" as const;

describe("a forced refresh", () => {
  test.each<DecisionRow>([
    { what: "nothing in hand", state: emptyEntry, now: 0, then: "await" },
    { what: "a call under way", state: refreshing, now: 0, then: "await" },
    { what: "an answer of the last second", state: inHand, now: 999, then: "serve" },
    { what: "an older answer", state: inHand, now: 1000, then: "await" },
    {
      what: "an answer that was old already",
      state: { kind: "held", held: { ...held, life: { ...life, loadedAt: -1000 } } },
      now: 1,
      then: "await",
    },
    {
      what: "of a lease that was found shorter a moment ago, in older trouble",
      state: { kind: "troubled", held: { ...held, life: { ...life, askedAt: 5000, loadedAt: 5000 } }, trouble: down },
      now: 5500,
      then: "await",
    },
    { what: "a failure of the last second", state: troubled(down), now: 999, then: "fail timeout" },
    {
      what: "a failure of the last second, later on",
      state: troubled({ ...down, at: 5000 }),
      now: 5999,
      then: "fail timeout",
    },
    { what: "an older failure", state: troubled(down), now: 1000, then: "await" },
    { what: "a remembered absence", state: failed(absent), now: 1000, then: "await" },
    { what: "a known outage", state: inHand, now: minute, on: { outage }, then: "fail unavailable" },
    { what: "a known outage, a try is due", state: inHand, now: minute, on: { outage: tried }, then: "await" },
    {
      what: "throttled until then",
      state: troubled({ ...down, failure: { failure: "throttled" }, nextTryAt: 5000 }),
      now: 4999,
      then: "fail throttled",
    },
    {
      what: "throttled until now",
      state: troubled({ ...down, failure: { failure: "throttled" }, nextTryAt: 5000 }),
      now: 5000,
      then: "await",
    },
    { what: "before its turn", state: inHand, now: 5 * minute, on: { awaitingTurn }, then: "await" },
  ])("$what: $then", ({ state, now, on, then }) => {
    expect(told(decideRead(state, circumstances(now, { refresh: true, ...on })))).toBe(then);
  });
});

test.each([
  ["the store itself was asked, whatever it remembers", { held: { ...held, pastCaches: true }, ageMs: 60_000 }, true],
  ["a cache upstream had it for less than a second", { held, ageMs: 999 }, true],
  ["a cache upstream had it for a second", { held, ageMs: 1000 }, false],
  ["that cache was not passed by", { held: { ...held, pastCaches: false }, ageMs: 1000 }, false],
])(
  "a forced refresh takes the answer of a call that it has joined where %s: %#",
  (_what, { held: got, ageMs }, takes) => {
    expect(answersForced({ ...got, life: { ...life, askedAt: 5000 + ageMs, loadedAt: 5000 } })).toBe(takes);
  },
);
