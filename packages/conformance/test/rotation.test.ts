import { describe, expect, test } from "vitest";
import { describeRotation } from "../src/index.ts";
import { labHarness, mintingLabHarness } from "./lab/lab-harness.ts";
import { collectingRunner } from "./runner/collecting-runner.ts";
import { builtInHarnesses } from "./sources/built-in-harnesses.ts";
import { memoryHarness } from "./sources/memory-harness.ts";
import { mockHarness } from "./sources/mock-harness.ts";

for (const harness of builtInHarnesses.filter(({ promises }) => !promises.mints)) {
  describeRotation(harness, { describe, test });
}
describeRotation(labHarness(), { describe, test });

test("a store that can do everything takes every step as it is written", () => {
  const plan = describeRotation(mockHarness, collectingRunner());
  expect(plan.map(({ id }) => id)).toEqual(["create", "stage", "promote", "roll-back", "disable", "remove"]);
  expect(plan.filter(({ because }) => because !== undefined)).toEqual([]);
});

test("a step that a store lacks is done another way or left out, with its reason", () => {
  const plan = describeRotation(memoryHarness, collectingRunner());
  expect(plan.filter(({ because }) => because !== undefined)).toEqual([
    { id: "roll-back", does: { step: "put", value: "first" }, because: expect.stringContaining("no roll-back") },
    { id: "disable", does: undefined, because: expect.stringContaining("may read all of it") },
  ]);
});

test("a source that mints has no rotation", () => {
  expect(() => describeRotation(mintingLabHarness(), collectingRunner())).toThrow("begins with the step `put`");
});

test.each([
  ["promote", "the promotion is not noticed", "current after promote"],
  ["rollBack", "the roll-back is not noticed", "current after roll-back"],
  ["disable", "a disabled version is still given", "current after disable"],
  ["remove", "a removed secret is still given", "current after remove"],
])("it notices when, after %s, %s", async (step, _what, message) => {
  const harness = labHarness();
  const runner = collectingRunner();
  describeRotation({ ...harness, seed: { ...harness.seed, [step]: () => {} } }, runner);
  const { failed } = await runner.run();
  expect([...failed.values()]).toEqual([expect.stringContaining(message)]);
});
