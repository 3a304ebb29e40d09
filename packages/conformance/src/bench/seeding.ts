import { type SeedStep, type SeedSteps, seedStepNames } from "../harness/seed-steps.ts";
import { fail } from "./expect.ts";

type Without<First, Step> = Step extends (first: First, ...rest: infer Rest) => infer Result
  ? (...rest: Rest) => Promise<Awaited<Result>>
  : never;

/** The seed steps, bound to the store of one case. A step that is not supplied throws: the case's needs forgot it. */
export type Seeding = { readonly [Step in SeedStep]: Without<unknown, Required<SeedSteps<unknown>>[Step]> };

export function bindSeed(seed: SeedSteps<unknown>, store: unknown): Seeding {
  const bound = seedStepNames.map((name) => [
    name,
    async (...rest: readonly unknown[]) => stepOf(seed, name)(store, ...rest),
  ]);
  return Object.fromEntries(bound) as Seeding;
}

function stepOf(seed: SeedSteps<unknown>, name: SeedStep): (...given: readonly unknown[]) => unknown {
  const step = seed[name] ?? fail(`the case takes the step \`${name}\` without naming it among its needs`);
  return (step as (...given: readonly unknown[]) => unknown).bind(seed);
}
