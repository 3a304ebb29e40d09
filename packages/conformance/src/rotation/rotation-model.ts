import type { FailureCode, Stage } from "@secretsource/core/source";
import type { RotationStep } from "./rotation-steps.ts";

/** What ought to be found under each stage: a value, or one of these failures. */
export type Expected = { readonly value: "first" | "second" } | { readonly codes: readonly FailureCode[] };

const none: Expected = { codes: ["version-not-found"] };

/** What a store holds that does what it is told. */
export class RotationModel {
  #stages = new Map<Stage, "first" | "second">();
  #ended: Expected | undefined;

  take(step: RotationStep["step"], value: "first" | "second" | undefined): void {
    const [current, previous, pending] = (["current", "previous", "pending"] as const).map((one) => this.#at(one));
    if (step === "put") this.#set({ current: value, previous: current, pending });
    if (step === "stage") this.#set({ current, previous, pending: value });
    if (step === "promote") this.#set({ current: pending, previous: current });
    if (step === "rollBack") this.#set({ current: previous, previous: current, pending });
    if (step === "disable") this.#ended = { codes: ["disabled"] };
    if (step === "remove") this.#ended = { codes: ["not-found", "deleted"] };
  }

  expected(stage: Stage): Expected {
    const value = this.#at(stage);
    return this.#ended ?? (value === undefined ? none : { value });
  }

  /** Whether there is a current version to be used, so that its neighbours have a meaning too. */
  get isUsable(): boolean {
    return this.#ended === undefined;
  }

  #at(stage: Stage): "first" | "second" | undefined {
    return this.#stages.get(stage);
  }

  #set(stages: { readonly [Name in Stage]?: "first" | "second" | undefined }): void {
    const kept = Object.entries(stages).filter(([, value]) => value !== undefined);
    this.#stages = new Map(kept as [Stage, "first" | "second"][]);
  }
}
