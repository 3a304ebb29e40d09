import { expect, test } from "vitest";
import { describeSource, type SourceHarness } from "../src/index.ts";
import { choosingLabHarness, labHarness } from "./lab/lab-harness.ts";
import type { LabStore } from "./lab/lab-store.ts";
import { collectingRunner } from "./runner/collecting-runner.ts";

async function complaint(harness: SourceHarness<LabStore>): Promise<string | undefined> {
  const runner = collectingRunner();
  describeSource(harness, runner);
  return (await runner.run(["honesty/harness"])).failed.get("honesty/harness");
}

test("a harness that leaves nothing open is fine", async () => {
  expect(await complaint(labHarness())).toBeUndefined();
});

test("what is neither supplied nor declared is named all at once, with what it is and where it goes", async () => {
  const { credentials: _, faults: { huge: _huge, ...faults } = {}, ...rest } = labHarness();
  const { deny: _deny, ...seed } = rest.seed;
  expect(await complaint({ ...rest, faults, seed })).toBe(
    "neither supplied nor declared under `lacks`, with the reason: `deny` (a step: `seed.deny`); " +
      "`credentials` (the tokens that the source logs in with, to be searched for: `credentials`); " +
      '`huge` (the fault "The answer is 100 MiB long and no record.": `faults`)',
  );
});

test("nor may something be supplied and declared as lacking", async () => {
  const because = "It has no limit.";
  expect(await complaint({ ...labHarness(), lacks: [{ what: ["limit"], because }] })).toBe(
    "`limit` is supplied, and declared as lacking as well",
  );
});

test("a store that cannot be told a value has to choose one", async () => {
  const { rotate: _, ...seed } = choosingLabHarness().seed;
  expect(await complaint({ ...choosingLabHarness(), seed })).toBe(
    "neither supplied nor declared under `lacks`, with the reason: `rotate` (a step: `seed.rotate`)",
  );
});

test("the cases that an open part leaves out say so", () => {
  const { credentials: _, ...rest } = labHarness();
  expect(describeSource(rest, collectingRunner()).leftOut).toContainEqual({
    id: "faults/redirect-keeps-the-token",
    because: "Its harness neither supplies it nor says why not.",
  });
});
