import { describe, expect, test } from "vitest";
import { seededRandom } from "../../test/seeded-random.ts";
import { freshness } from "./freshness.ts";
import { endingLifetime, isRunningOut, isTruncated, leaseLifetime, leaseSpan } from "./lease-terms.ts";

const start = 1_000_000;
const hour = 3_600_000;

describe("a credential is good", () => {
  test("to the end of its lease and no longer, whatever the ttl", () => {
    const life = leaseLifetime(start, hour, () => 0.5);
    expect(freshness(life, start + hour * 0.7)).toBe("fresh");
    expect(freshness(life, start + hour * 0.72)).toBe("aging");
    expect(freshness(life, start + hour - 1)).toBe("aging");
    expect(freshness(life, start + hour)).toBe("expired");
  });

  test.each([
    [hour, undefined, hour],
    [hour, 60_000, 60_000],
    [60_000, hour, 60_000],
    // By our clock it has ended before it was given: so much for our clock.
    [hour, 0, hour],
    [hour, -5, hour],
  ])("for the shorter of its lease (%i) and its own validity (%s)", (ttlMs, validForMs, spanMs) => {
    expect(leaseSpan({ ttlMs }, validForMs)).toBe(spanMs);
  });

  test("and is replaced out of turn after an outage: its end does not wait", () => {
    expect(leaseLifetime(start, hour, () => 0.5)).toMatchObject({ patient: false, leased: true });
    expect(endingLifetime(start, start + hour)).toMatchObject({ patient: false, leased: true });
  });

  test("until its end also where it is to be replaced at once", () => {
    const life = endingLifetime(start, start + 60_000);
    expect([life.refreshAt, life.staleUntil]).toEqual([start, start + 60_000]);
    expect(freshness(life, start)).toBe("aging");
    expect(freshness(endingLifetime(start, start), start)).toBe("expired");
  });
});

describe("a lease is renewed", () => {
  test("at a moment drawn uniformly between 66 and 76 % of it", () => {
    const random = seededRandom(7);
    const shares = Array.from({ length: 10_000 }, () => (leaseLifetime(start, hour, random).refreshAt - start) / hour);
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(0.66);
    expect(Math.max(...shares)).toBeLessThanOrEqual(0.76);
    for (const from of [0.66, 0.68, 0.7, 0.72, 0.74]) {
      const here = shares.filter((share) => share >= from && share < from + 0.02).length;
      expect(Math.abs(here - 2000)).toBeLessThan(200);
    }
  });

  test("not within a second after the last time, and never after its end", () => {
    expect(leaseLifetime(start, 1200, () => 0).refreshAt).toBe(start + 1000);
    expect(leaseLifetime(start, 300, () => 0).refreshAt).toBe(start + 300);
  });
});

test.each([
  [hour, hour, false],
  [hour - 1000, hour, false],
  [hour * 0.91, hour, false],
  [hour * 0.9 - 1000, hour, false],
  [hour * 0.89, hour, true],
  [0, hour, true],
  // Whole seconds are how stores count.
  [2000, 3000, false],
  [1000, 3000, true],
])("a renewal that gives %i of %i ms is truncated: %s", (leftMs, grantedMs, truncated) => {
  expect(isTruncated(leftMs, grantedMs)).toBe(truncated);
});

test("a lease runs out below a fifth of what it was", () => {
  expect(isRunningOut(hour * 0.2, hour)).toBe(false);
  expect(isRunningOut(hour * 0.2 - 1, hour)).toBe(true);
});
