import { describe, expect, it } from "vitest";
import { binsOf, loadOf } from "./bins.ts";
import { quantile } from "./histogram.ts";
import { deployment, type Scenario, toldAtOnce, toldInTurns } from "./scenario.ts";
import { simulateGroup } from "./simulate-group.ts";
import type { Tally } from "./tally.ts";

const minute = 60_000;
const small: Scenario = { ...deployment(7), processes: 50, secrets: 10, lengthMs: 60 * minute };
const whole = { first: 0, processes: small.processes };
const downFor = { from: 20 * minute, until: 30 * minute };

function calls(tally: Tally, from: number, until: number): number {
  return binsOf(tally.callsBySecond, from, until).reduce((sum, number) => sum + number, 0);
}

describe("a small fleet", () => {
  it("reads steadily, and each secret once per refresh point", async () => {
    const tally = await simulateGroup(small, whole);
    // A reader comes by every 20 s on the average, and a refresh point every 90 % of the ttl.
    expect(tally.reads / (500 * 180)).toBeCloseTo(1, 1);
    const refreshes = calls(tally, 10 * minute, 60 * minute) / 500;
    expect(refreshes).toBeGreaterThan(50 / 5);
    expect(refreshes).toBeLessThan(50 / 4);
    expect(calls(tally, 0, 10_000)).toBeGreaterThanOrEqual(500);
    expect({ failed: tally.failed, unmarked: tally.unmarked, marked: tally.marked }).toEqual({
      failed: 0,
      unmarked: 0,
      marked: 0,
    });
    expect(tally.ages.max).toBeLessThanOrEqual(small.ttlMs);
    expect(tally.ages.total).toBe(tally.reads);
    expect(tally.outdated.total).toBeGreaterThan(400);
    expect(tally.outdated.max).toBeLessThanOrEqual(small.ttlMs);
  });

  it("does not refresh in step, as a naive cache does", async () => {
    const tally = await simulateGroup(small, whole);
    const after = [10 * minute, 60 * minute] as const;
    expect(loadOf(binsOf(tally.callsBySecond, ...after)).peakOverMean).toBeLessThan(2.2);
    expect(loadOf(binsOf(tally.naive.callsBySecond, ...after)).peakOverMean).toBeGreaterThan(5);
  });

  it.each(["refuses", "hangs"] as const)("lives through an outage in which the store %s", async (how) => {
    const tally = await simulateGroup({ ...small, outage: { ...downFor, how } }, whole);
    expect(tally.failed).toBe(0);
    expect(tally.unmarked).toBe(0);
    expect(tally.marked).toBeGreaterThan(0);
    expect(tally.ages.max).toBeGreaterThan(10 * minute);
    expect(tally.ages.max).toBeLessThan(22 * minute);
    expect(tally.naive.failedReads).toBeGreaterThan(0);
    // Known to be out: one process asks about twice a minute, whatever it has in memory.
    expect(calls(tally, 22 * minute, 30 * minute)).toBeLessThan(50 * 8 * 4);
    expect(loadOf(binsOf(tally.callsBySecond, downFor.until, 60 * minute)).peakOverMean).toBeLessThan(2.4);
    const end = tally.agesByMinute[59];
    expect(end && quantile(end, 1)).toBeLessThanOrEqual(small.ttlMs);
  });

  it.each([
    { told: toldAtOnce(7), most: 500, longest: 2000 },
    { told: toldInTurns(7), most: 200, longest: 32_000 },
  ])("looks at what it is $told.name, and stays out of step", async ({ told, most, longest }) => {
    const tally = await simulateGroup({ ...told, processes: small.processes, secrets: small.secrets }, whole);
    const { at, spreadMs } = told.massRotation ?? { at: Number.NaN, spreadMs: 0 };
    const until = at + spreadMs + 10_000;
    expect(calls(tally, at, until)).toBeGreaterThanOrEqual(500);
    // Of 500 hints, and the refreshes that were due anyway.
    expect(loadOf(binsOf(tally.callsBySecond, at, until)).peakPerSecond).toBeLessThan((1.3 * most) / 10);
    expect(tally.outdated.total).toBe(500);
    expect(tally.outdated.max).toBeLessThanOrEqual(longest);
    expect(tally.failed).toBe(0);
    expect(loadOf(binsOf(tally.callsBySecond, until, 45 * minute)).peakOverMean).toBeLessThan(2.2);
  });

  it("repeats, and its groups are the fleet", async () => {
    const brief = { ...small, lengthMs: 10 * minute };
    const first = await simulateGroup(brief, { first: 0, processes: 5 });
    expect(await simulateGroup(brief, { first: 0, processes: 5 })).toEqual(first);
    const other = await simulateGroup(brief, { first: 5, processes: 5 });
    expect(other.callsBySecond).not.toEqual(first.callsBySecond);
    expect(other.reads / first.reads).toBeCloseTo(1, 1);
  });
});
