import { describe, expect, test } from "vitest";
import { least, most, seededRandom } from "../../test/seeded-random.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import { waitBetweenCalls, waitInCall, waitWithinLease } from "./backoff.ts";

const unavailable: SourceFailure = { failure: "unavailable" };
const throttled: SourceFailure = { failure: "throttled" };

describe("the wait between two attempts of one call", () => {
  test.each([
    [1, 100],
    [2, 200],
    [3, 400],
    [5, 1600],
    [6, 2000],
    [60, 2000],
  ])("after attempt %i is anything from 0 to %i ms", (done, longest) => {
    expect(waitInCall(done, unavailable, least)).toBe(0);
    expect(waitInCall(done, unavailable, most)).toBeCloseTo(longest, 6);
    expect(waitInCall(done, unavailable, () => 0.5)).toBe(longest / 2);
  });

  test("is at least what the store asked for, of which five minutes are believed", () => {
    expect(waitInCall(1, { ...throttled, retryAfterMs: 3000 }, most)).toBe(3000);
    expect(waitInCall(1, { ...throttled, retryAfterMs: 10 }, () => 0.5)).toBe(50);
    expect(waitInCall(1, { ...throttled, retryAfterMs: 86_400_000 }, least)).toBe(300_000);
  });
});

describe("the wait between two calls", () => {
  test.each([
    [1, 1000],
    [2, 2000],
    [3, 4000],
    [6, 32_000],
    [7, 60_000],
    [5000, 60_000],
  ])("after %i failed ones in a row is anything from 100 to %i ms", (failed, longest) => {
    expect(waitBetweenCalls(failed, unavailable, least)).toBe(100);
    expect(waitBetweenCalls(failed, unavailable, most)).toBeCloseTo(longest, 6);
    expect(waitBetweenCalls(failed, unavailable, () => 0.5)).toBe(longest / 2);
  });

  test("is jittered over the whole range: waits of a fleet fall evenly into ten bins", () => {
    const random = seededRandom(7);
    const bins = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 10_000; draw += 1) {
      const bin = Math.floor(waitBetweenCalls(7, unavailable, random) / 6000);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    for (const count of bins) expect(count).toBeGreaterThan(850);
    for (const count of bins) expect(count).toBeLessThan(1150);
  });

  test("after throttling is at least 5 s, or what the store asked for", () => {
    expect(waitBetweenCalls(1, throttled, least)).toBe(5000);
    expect(waitBetweenCalls(7, throttled, most)).toBeCloseTo(60_000, 6);
    expect(waitBetweenCalls(1, { ...throttled, retryAfterMs: 2000 }, least)).toBe(2000);
    expect(waitBetweenCalls(1, { ...throttled, retryAfterMs: 20_000 }, most)).toBe(20_000);
  });

  test("is never under 100 ms, whatever the store asks for", () => {
    expect(waitBetweenCalls(1, { ...throttled, retryAfterMs: 0 }, least)).toBe(100);
    expect(waitBetweenCalls(1, { ...unavailable, retryAfterMs: 1 }, least)).toBe(100);
  });

  test("believes five minutes at most", () => {
    expect(waitBetweenCalls(1, { ...unavailable, retryAfterMs: 86_400_000 }, most)).toBe(300_000);
  });
});

describe("the wait while a lease runs", () => {
  test.each([
    ["is what it is anywhere where the lease is long", 60_000, 3_600_000, 60_000],
    ["is a quarter of what is left of it", 60_000, 60_000, 15_000],
    ["is shorter the less is left", 60_000, 8000, 2000],
    ["is a second where hardly anything is left", 60_000, 2000, 1000],
    ["is not made longer", 500, 2000, 500],
    ["is what it is anywhere once the lease is over", 60_000, 0, 60_000],
    ["is what it is anywhere long after it", 60_000, -5000, 60_000],
  ])("%s", (_what, waitMs, leftMs, expected) => {
    expect(waitWithinLease(waitMs, unavailable, leftMs)).toBe(expected);
  });

  test("is what the store has asked for, though the lease ends meanwhile", () => {
    expect(waitWithinLease(60_000, throttled, 8000)).toBe(60_000);
    expect(waitWithinLease(60_000, { ...unavailable, retryAfterMs: 60_000 }, 8000)).toBe(60_000);
    expect(waitWithinLease(60_000, { ...unavailable, retryAfterMs: 0 }, 8000)).toBe(2000);
  });
});
