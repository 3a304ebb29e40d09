import type { SourceHarness } from "../harness/source-harness.ts";
import type { ConformanceCase } from "./conformance-case.ts";
import { missingNeeds } from "./missing.ts";

/** A case that does not apply to a source. */
export interface LeftOut {
  readonly id: string;
  readonly because: string;
}

/** Which cases a source has to pass, and which do not apply to it, each with its reason. */
export interface ConformancePlan {
  readonly cases: readonly ConformanceCase[];
  readonly leftOut: readonly LeftOut[];
}

export function planOf(all: readonly ConformanceCase[], harness: SourceHarness<unknown>): ConformancePlan {
  const missing = missingNeeds(harness);
  const reasonOf = (one: ConformanceCase) =>
    one.needs.map((need) => missing.get(need)).find((why) => why !== undefined);
  return {
    cases: all.filter((one) => reasonOf(one) === undefined),
    leftOut: all.flatMap((one) => {
      const because = reasonOf(one);
      return because === undefined ? [] : [{ id: one.id, because }];
    }),
  };
}

/** The part of an id before its slash. */
export function groupOf({ id }: { readonly id: string }): string {
  return id.slice(0, id.indexOf("/"));
}
