import { withBench } from "./bench/open-bench.ts";
import { conformanceCases } from "./cases/conformance-cases.ts";
import type { SourceHarness } from "./harness/source-harness.ts";
import { type ConformancePlan, groupOf, planOf } from "./plan/plan.ts";
import type { ConformanceRunner } from "./runner.ts";

/**
 * Puts the conformance suite before a source: one test per case that applies to it, titled `id: sentence`.
 *
 * @returns Which cases apply, and which do not, each with its reason.
 */
export function describeSource<Store>(harness: SourceHarness<Store>, runner: ConformanceRunner): ConformancePlan {
  // The store only ever goes from `open` to the other functions of the same harness.
  const anyHarness = harness as unknown as SourceHarness<unknown>;
  const plan = planOf(conformanceCases, anyHarness);
  runner.describe(`${harness.name}: conformance`, () => {
    for (const [group, cases] of Map.groupBy(plan.cases, groupOf)) {
      runner.describe(group, () => {
        for (const one of cases) runner.test(`${one.id}: ${one.says}`, () => withBench(anyHarness, one.run));
      });
    }
  });
  return plan;
}
