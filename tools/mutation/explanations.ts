import type { Explanation } from "./explain.ts";

/** Every mutant that may live. */
export const explanations: readonly Explanation[] = [];
