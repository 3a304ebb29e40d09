import { describe, expect, test } from "vitest";
import type { SecretRecord } from "../source/secret-record.ts";
import { type CachePolicy, freshness, type Lifetime, lifetime } from "./freshness.ts";

const policy: CachePolicy = { ttlMs: 300_000, maxStaleMs: 3_600_000 };
const start = 1_000_000;
const refreshAfterMs = 250_000;

function lifeOf(facts: Partial<SecretRecord>) {
  return lifetime({ payload: "value", ...facts }, policy, start, refreshAfterMs);
}

test("a record ages from the start of the read that brought it", () => {
  expect(lifeOf({})).toMatchObject({
    loadedAt: start,
    refreshAt: start + 250_000,
    freshUntil: start + 300_000,
    staleUntil: start + 3_900_000,
    patient: true,
  });
});

test.each([
  [0, "fresh"],
  [249_999, "fresh"],
  [250_000, "aging"],
  [299_999, "aging"],
  [300_000, "stale"],
  [3_899_999, "stale"],
  [3_900_000, "expired"],
  [86_400_000, "expired"],
] as const)("after %i ms it is %s", (age, expected) => {
  expect(freshness(lifeOf({}), start + age)).toBe(expected);
});

describe("a record that was old already", () => {
  test("ages from then", () => {
    expect(lifeOf({ ageMs: 60_000 })).toMatchObject({
      loadedAt: start - 60_000,
      refreshAt: start + 190_000,
      freshUntil: start + 240_000,
      staleUntil: start + 3_840_000,
    });
  });

  test("never counts as younger than its read", () => {
    expect(lifeOf({ ageMs: -60_000 })).toEqual(lifeOf({}));
  });

  test.each([300_000, 299_999, 10_000_000])("of %i ms is not asked for again within a second", (ageMs) => {
    const life = lifeOf({ ageMs });
    expect(life.loadedAt).toBe(start - ageMs);
    expect(freshness(life, start + 999)).toBe("fresh");
    expect(freshness(life, start + 1000)).not.toBe("fresh");
  });
});

describe("a rotation that the store has announced", () => {
  test("makes callers wait for the read after it", () => {
    const life = lifeOf({ changesInMs: 60_000 });
    expect(life).toMatchObject({
      refreshAt: start + 60_000,
      freshUntil: start + 60_000,
      staleUntil: start + 3_900_000,
    });
    expect(life.patient).toBe(false);
    expect(freshness(life, start + 59_999)).toBe("fresh");
    expect(freshness(life, start + 60_000)).toBe("stale");
  });

  test("does not put the refresh off", () => {
    expect(lifeOf({ changesInMs: 280_000 })).toMatchObject({ refreshAt: start + 250_000, freshUntil: start + 280_000 });
    expect(lifeOf({ changesInMs: 86_400_000 })).toMatchObject({
      refreshAt: start + 250_000,
      freshUntil: start + 300_000,
    });
  });

  test.each([0, -1, -86_400_000, 999])("in %i ms is looked at a second later, not in a tight loop", (changesInMs) => {
    expect(lifeOf({ changesInMs })).toMatchObject({ refreshAt: start + 1000, freshUntil: start + 1000 });
  });
});

describe("a rotation that is due, again and again", () => {
  const again = (changesInMs: number | undefined, before?: Lifetime, ttlMs = policy.ttlMs) =>
    lifetime(
      { payload: "value", ...(changesInMs !== undefined && { changesInMs }) },
      { ...policy, ttlMs },
      start,
      refreshAfterMs,
      before,
    );

  test("is waited for a second, then twice as long each time, up to the ttl", () => {
    const waits: number[] = [];
    let life: Lifetime | undefined;
    for (let look = 0; look < 11; look += 1) {
      life = again(0, life);
      waits.push(life.refreshAt - start);
      expect(life.freshUntil).toBe(life.refreshAt);
    }
    expect(waits).toEqual([...[1, 2, 4, 8, 16, 32, 64, 128, 256].map((seconds) => seconds * 1000), 300_000, 300_000]);
  });

  test("begins anew once the store announces another one, or none", () => {
    const late = again(0, again(0));
    expect(late.overdueMs).toBe(2000);
    expect(again(60_000, late).overdueMs).toBeUndefined();
    expect(again(undefined, late)).toEqual(again(undefined));
    expect(again(0, again(60_000, late)).overdueMs).toBe(1000);
  });

  test.each([
    [999, 1000],
    [1000, undefined],
  ])("is one that is announced in %i ms: waited for %s ms", (changesInMs, overdueMs) => {
    expect(again(changesInMs).overdueMs).toBe(overdueMs);
  });

  test("is never waited for longer than the ttl", () => {
    expect(again(0, undefined, 400)).toMatchObject({ refreshAt: start + 400, overdueMs: 400 });
  });
});

test("an old record of a ttl below a second is not asked for in a tight loop, nor longer than its ttl", () => {
  const life = lifetime({ payload: "value", ageMs: 60_000 }, { ...policy, ttlMs: 400 }, start, 350);
  expect(life).toMatchObject({ refreshAt: start + 400, freshUntil: start + 400 });
});
