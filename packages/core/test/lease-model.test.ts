import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { leaseCommands } from "./lease-model/lease-commands.ts";
import type { LeaseConfig } from "./lease-model/lease-reference.ts";
import { LeaseRig } from "./lease-model/lease-rig.ts";
import { leasedEntryPairs } from "./model/impossible-pairs.ts";
import { impossibleForTenures, possibleTenurePairs } from "./model/tenure-pairs.ts";
import { visited } from "./model/visited.ts";

// What has happened is counted where it happens: in front of the reducers.
vi.mock("../src/state/reduce-entry.ts", async (original) => {
  const { countingEntry } = await import("./model/visited.ts");
  return countingEntry(await original());
});
vi.mock("../src/state/reduce-tenure.ts", async (original) => {
  const { countingTenure } = await import("./model/visited.ts");
  return countingTenure(await original());
});

const runs = Number(process.env.LEASE_RUNS ?? 4000);
const seed = Number(process.env.LEASE_SEED || Date.now() % 2 ** 31);
const path = process.env.LEASE_PATH;

const config: fc.Arbitrary<LeaseConfig> = fc.record({
  seed: fc.nat(),
  ttlMs: fc.constantFrom(20_000, 60_000, 600_000),
  renewable: fc.constantFrom(true, true, true, false),
  fallback: fc.constantFrom(false, false, false, true),
  evicting: fc.boolean(),
  watched: fc.constantFrom(false, false, true),
});

test(`leases are kept, whatever comes in whatever order (LEASE_SEED=${seed})`, { timeout: 600_000 }, async () => {
  let steps = 0;
  const property = fc.asyncProperty(
    config,
    fc.commands(leaseCommands, { maxCommands: 60, size: "max" }),
    async (one, commands) => {
      const rig = new LeaseRig(one);
      await fc.asyncModelRun(() => ({ model: rig.reference, real: rig }), commands);
      steps += rig.steps;
      await rig.end();
    },
  );
  await fc.assert(property, { numRuns: runs, seed, ...(path !== undefined && { path }) });
  if (path !== undefined) return;
  expect(steps / runs).toBeGreaterThan(20);
  for (const pair of [...possibleTenurePairs(), ...leasedEntryPairs]) {
    expect(visited.get(pair), pair).toBeGreaterThan(0);
  }
  for (const pair of Object.keys(impossibleForTenures)) {
    expect(visited.get(pair), `${pair} is declared impossible`).toBeUndefined();
  }
});
