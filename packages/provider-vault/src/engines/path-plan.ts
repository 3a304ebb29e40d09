import type { SourceFailure } from "@secretsource/core/source";
import { statusFailure } from "../answer/status-failures.ts";
import type { VaultAnswer } from "../answer/vault-answer.ts";
import { readBelow } from "./engine-request.ts";
import type { MintingPlan } from "./minting.ts";
import { roleFailure } from "./role-failure.ts";

const leased: SourceFailure = {
  failure: "unsupported",
  advice: "What is at this path makes a credential at every read: set `mints: true` of vaultPath.",
};

/** Whatever can be read below a path; with a lease only where that is wanted. */
export function pathPlan(base: readonly string[], mints: boolean): MintingPlan {
  return {
    request: (name) => readBelow(base, name),
    refusal: pathFailure,
    refine: (record) => (mints || record.lease === undefined ? record : leased),
  };
}

/** What a credential is made of is a role, here too: one that there is not is 400 in some engines. */
function pathFailure(answer: VaultAnswer): SourceFailure {
  const place = "the name and `prefix` of vaultPath";
  const { status, asked } = answer;
  if (roleFailure(answer).failure !== "not-found") return statusFailure(answer, place);
  const advice = `There is nothing at \`${asked.path.join("/")}\`: check ${place}.`;
  return { failure: "not-found", advice, native: { status } };
}
