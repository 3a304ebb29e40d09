import type { SeedStep, SeedSteps } from "../harness/seed-steps.ts";
import { fail } from "./expect.ts";

type Without<First, Step> = Step extends (first: First, ...rest: infer Rest) => infer Result
  ? (...rest: Rest) => Promise<Awaited<Result>>
  : never;

/** The seed steps, bound to the store of one case. A step that is not supplied throws: the case's needs forgot it. */
export type Seeding = { readonly [Step in SeedStep]: Without<unknown, Required<SeedSteps<unknown>>[Step]> };

export function bindSeed(seed: SeedSteps<unknown>, store: unknown): Seeding {
  const step = (name: SeedStep) =>
    // Called on `seed`, as its author wrote it.
    async (...rest: readonly never[]) =>
      (seed[name] ?? fail(`the case takes the step \`${name}\` without naming it among its needs`)).call(
        seed,
        store,
        ...(rest as unknown as [never, never, never]),
      );
  return {
    put: step("put"),
    stage: step("stage"),
    promote: step("promote"),
    rollBack: step("rollBack"),
    label: step("label"),
    disable: step("disable"),
    remove: step("remove"),
    deny: step("deny"),
    denyBatch: step("denyBatch"),
    grant: step("grant"),
    endLease: step("endLease"),
  } as Seeding;
}
