import type { SourceHarness } from "../harness/source-harness.ts";
import { missingNeeds } from "../plan/missing.ts";
import { type RotationStep, rotationSteps } from "./rotation-steps.ts";

/** What becomes of one step of the rotation in one store. */
export interface PlannedStep {
  readonly id: string;
  /** What is done. Undefined: the step is left out. */
  readonly does: Pick<RotationStep, "step" | "value"> | undefined;
  /** Why it is not done as it is written; undefined where it is. */
  readonly because: string | undefined;
}

export function planRotation(harness: SourceHarness<unknown>): readonly PlannedStep[] {
  const missing = missingNeeds(harness);
  return rotationSteps.map(({ id, step, value, insteadPut, presupposes = [] }): PlannedStep => {
    const because = [step, ...presupposes].map((one) => missing.get(one)).find((reason) => reason !== undefined);
    if (because === undefined) return { id, does: { step, ...(value && { value }) }, because };
    return { id, does: insteadPut && { step: "put", value: insteadPut }, because };
  });
}
