import { fail } from "../bench/expect.ts";
import { withBench } from "../bench/open-bench.ts";
import type { SourceHarness } from "../harness/source-harness.ts";
import type { ConformanceRunner } from "../runner.ts";
import { type PlannedStep, planRotation } from "./rotation-plan.ts";
import { runRotation } from "./run-rotation.ts";

/**
 * Takes a secret through one rotation (create, stage, promote, roll back, disable, remove) and reads it after each step,
 * from the source and through an instance. What the store lacks is done another way or left out, as `lacks` declares.
 *
 * @returns What becomes of each step.
 * @throws AssertionError for a source that mints: nobody rotates what it gives; and where the store cannot be told a value.
 */
export function describeRotation<Store>(
  harness: SourceHarness<Store>,
  runner: ConformanceRunner,
): readonly PlannedStep[] {
  const anyHarness = harness as unknown as SourceHarness<unknown>;
  if (harness.seed.put === undefined) fail("a rotation begins with the step `put`");
  const plan = planRotation(anyHarness);
  const steps = plan.filter(({ does }) => does !== undefined).map(({ id }) => id);
  runner.describe(`${harness.name}: rotation`, () => {
    runner.test(`rotation: ${steps.join(", ")}`, () => withBench(anyHarness, (bench) => runRotation(bench, plan)));
  });
  return plan;
}
