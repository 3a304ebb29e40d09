import type { SourceFailure } from "@secretsource/core/source";
import { readBelow } from "./engine-request.ts";
import type { MintingPlan } from "./minting.ts";

const leased: SourceFailure = {
  failure: "unsupported",
  advice: "What is at this path makes a credential at every read: set `mints: true` of vaultPath.",
};

/** Whatever can be read below a path; with a lease only where that is wanted. */
export function pathPlan(base: readonly string[], mints: boolean): MintingPlan {
  return {
    request: (name) => readBelow(base, name),
    refine: (record) => (mints || record.lease === undefined ? record : leased),
  };
}
