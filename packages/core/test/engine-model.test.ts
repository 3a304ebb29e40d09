import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { commandArbitraries } from "./model/commands.ts";
import {
  impossibleForEntries,
  impossibleForOutages,
  leasedEntryPairs,
  possibleEntryPairs,
  possibleOutagePairs,
} from "./model/impossible-pairs.ts";
import type { ModelConfig } from "./model/reference.ts";
import { Rig } from "./model/rig.ts";
import { visited } from "./model/visited.ts";

// What has happened is counted where it happens: in front of the two reducers.
vi.mock("../src/state/reduce-entry.ts", async (original) => {
  const { countingEntry } = await import("./model/visited.ts");
  return countingEntry(await original());
});
vi.mock("../src/state/outage-state.ts", async (original) => {
  const { countingOutage } = await import("./model/visited.ts");
  return countingOutage(await original());
});

const runs = Number(process.env.MODEL_RUNS ?? 10_000);
const seed = Number(process.env.MODEL_SEED || Date.now() % 2 ** 31);
const path = process.env.MODEL_PATH;

const config: fc.Arbitrary<ModelConfig> = fc.record({
  seed: fc.nat(),
  ttlMs: fc.constantFrom(1000, 60_000, 300_000),
  maxStaleMs: fc.constantFrom(0, 600_000, 3_600_000),
  batch: fc.constantFrom("none", "none", "two", "refused", "alone"),
  evicting: fc.constantFrom(false, false, false, true),
  watched: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
});

test(`the promises hold, whatever comes in whatever order (MODEL_SEED=${seed})`, { timeout: 600_000 }, async () => {
  let steps = 0;
  const property = fc.asyncProperty(
    config,
    fc.commands(commandArbitraries, { maxCommands: 66, size: "max" }),
    async (one, commands) => {
      const rig = new Rig(one);
      await fc.asyncModelRun(() => ({ model: rig.reference, real: rig }), commands);
      steps += rig.steps;
      await rig.end();
    },
  );
  await fc.assert(property, { numRuns: runs, seed, ...(path !== undefined && { path }) });
  if (path !== undefined) return;
  expect(steps / runs).toBeGreaterThan(30);
  const unleased = possibleEntryPairs().filter((pair) => !leasedEntryPairs.includes(pair));
  for (const pair of [...unleased, ...possibleOutagePairs()]) expect(visited.get(pair), pair).toBeGreaterThan(0);
  for (const pair of Object.keys({ ...impossibleForEntries, ...impossibleForOutages })) {
    expect(visited.get(pair), `${pair} is declared impossible`).toBeUndefined();
  }
});
