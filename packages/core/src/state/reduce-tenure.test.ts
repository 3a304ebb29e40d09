import { describe, expect, test } from "vitest";
import { impossibleForTenures, tenureEvents, tenurePair, tenureStates } from "../../test/model/tenure-pairs.ts";
import { reduceTenure } from "./reduce-tenure.ts";
import { type Grant, noTenure, type Tenure, type TenureEvent } from "./tenure.ts";

const grant: Grant = { member: 0, id: "one", spanMs: 10, validUntil: Number.POSITIVE_INFINITY };
const next: Grant = { member: 1, id: "two", spanMs: 20, validUntil: 7 };

const states: Record<Tenure["kind"], Tenure> = {
  none: noTenure,
  renewable: { kind: "renewable", grant, id: "one" },
  ending: { kind: "ending", grant, why: "truncated" },
  over: { kind: "over", grant },
};

const events: Record<TenureEvent["kind"], TenureEvent> = {
  granted: { kind: "granted", grant: next, renewable: true },
  renewed: { kind: "renewed", id: undefined, renewable: true },
  truncated: { kind: "truncated" },
  refused: { kind: "refused" },
  ended: { kind: "ended" },
  released: { kind: "released" },
};

const granted: Tenure = { kind: "renewable", grant: next, id: "two" };
const over: Tenure = { kind: "over", grant };

const moves: Record<string, Tenure> = {
  "none × granted": granted,
  "renewable × granted": granted,
  "ending × granted": granted,
  "over × granted": granted,
  "renewable × renewed": states.renewable,
  "renewable × truncated": { kind: "ending", grant, why: "truncated" },
  "renewable × refused": { kind: "ending", grant, why: "refused" },
  "renewable × ended": over,
  "ending × ended": over,
  "renewable × released": noTenure,
  "ending × released": noTenure,
  "over × released": noTenure,
};

describe.each(tenureStates)("%s", (kind) => {
  test.each(tenureEvents)("× %s", (what) => {
    const pair = tenurePair(states[kind], events[what]);
    const expected = moves[pair];
    if (expected !== undefined) expect(reduceTenure(states[kind], events[what])).toEqual(expected);
    expect(pair in impossibleForTenures).toBe(expected === undefined);
  });
});

test.each(["renewed", "truncated", "refused"] as const)("nothing but a renewable lease is %s", (what) => {
  for (const kind of ["none", "ending", "over"] as const) {
    expect(() => reduceTenure(states[kind], events[what])).toThrow("impossible");
  }
});

test("where there is no lease, none ends", () => {
  expect(() => reduceTenure(noTenure, events.ended)).toThrow("impossible");
});

test("a lease without an id, or one that is not renewable, is replaced", () => {
  const fixed: Tenure = { kind: "ending", grant: next, why: "not-renewable" };
  expect(reduceTenure(noTenure, { kind: "granted", grant: next, renewable: false })).toEqual(fixed);
  const nameless = { ...next, id: undefined };
  expect(reduceTenure(noTenure, { kind: "granted", grant: nameless, renewable: true })).toMatchObject({
    kind: "ending",
  });
});

test("a renewal may change the lease's id, and be the last one", () => {
  const renamed = reduceTenure(states.renewable, { kind: "renewed", id: "three", renewable: true });
  expect(renamed).toEqual({ kind: "renewable", grant: { ...grant, id: "three" }, id: "three" });
  const last = reduceTenure(states.renewable, { kind: "renewed", id: undefined, renewable: false });
  expect(last).toMatchObject({ kind: "ending", why: "not-renewable", grant: { id: "one" } });
});
