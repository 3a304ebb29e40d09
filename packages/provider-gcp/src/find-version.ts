import type { SourceFailure, VersionSelector } from "@secretsource/core/source";
import { versionAbsent } from "./absence.ts";
import { newestEnabled, newestVersion } from "./enabled-versions.ts";
import { isFailure } from "./is-failure.ts";
import type { SecretRequests } from "./secret-requests.ts";

export type Newest = "latest" | "enabled";

/**
 * The number of the version that was current before: the newest enabled one below the current one. Current is the newest
 * of all, or the newest that is enabled.
 */
export async function previousNumber(requests: SecretRequests, newest: Newest): Promise<string | SourceFailure> {
  const enabled = await newestEnabled(requests, 2);
  if (isFailure(enabled)) return enabled;
  const [first, second] = enabled;
  if (first === undefined) return versionAbsent;
  if (newest === "enabled") return second?.number ?? versionAbsent;
  // The newest enabled version is itself the previous one where a newer one is disabled or destroyed.
  const latest = await newestVersion(requests);
  if (isFailure(latest)) return latest;
  const previous = latest === undefined || latest.number === first.number ? second : first;
  return previous?.number ?? versionAbsent;
}

/** The number of the newest version that is enabled. @returns `otherwise` where there is none. */
export async function newestEnabledNumber(
  requests: SecretRequests,
  otherwise: SourceFailure,
): Promise<string | SourceFailure> {
  const enabled = await newestEnabled(requests, 1);
  if (isFailure(enabled)) return enabled;
  return enabled[0]?.number ?? otherwise;
}

/** True where `latest` may not be the version that is meant. */
export function mayBeOlder(version: VersionSelector, newest: Newest, { failure }: SourceFailure): boolean {
  return version === "current" && newest === "enabled" && (failure === "disabled" || failure === "deleted");
}
