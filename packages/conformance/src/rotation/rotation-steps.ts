import type { SeedStep } from "../harness/seed-steps.ts";

/** One move of a rotation. */
export interface RotationStep {
  readonly id: string;
  readonly step: Extract<SeedStep, "put" | "stage" | "promote" | "rollBack" | "disable" | "remove">;
  /** Which of the two values is put or staged. */
  readonly value?: "first" | "second";
  /** The value that a plain `put` makes current where the store lacks the step. Without it, the step is left out. */
  readonly insteadPut?: "first" | "second";
  /** The steps that this one presupposes. */
  readonly presupposes?: readonly SeedStep[];
}

/** A rotation from the first day of a secret to its last, written once for every store. */
export const rotationSteps: readonly RotationStep[] = [
  { id: "create", step: "put", value: "first" },
  { id: "stage", step: "stage", value: "second", presupposes: ["promote"] },
  { id: "promote", step: "promote", insteadPut: "second", presupposes: ["stage"] },
  { id: "roll-back", step: "rollBack", insteadPut: "first" },
  { id: "disable", step: "disable" },
  { id: "remove", step: "remove" },
];
