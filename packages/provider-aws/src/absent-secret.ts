import type { SourceFailure } from "@secretsource/core/source";
import { isRegion } from "./is-region.ts";

/** The services say the same of a name that is nowhere, and of one that is in another region or account. */
export function noSuchSecret(region: string | undefined, whatIs = "It is not"): SourceFailure {
  const where = region !== undefined && isRegion(region) ? `\`${region}\`` : "the client's region";
  return {
    failure: "not-found",
    advice: `${whatIs} in ${where}, in the account that the credentials belong to: check the name, the region and the account.`,
  };
}
