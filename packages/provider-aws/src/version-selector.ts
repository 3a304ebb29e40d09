import type { SourceFailure, Stage, VersionSelector } from "@secretsource/core/source";

const stageLabels: Readonly<Record<Stage, string>> = {
  current: "AWSCURRENT",
  previous: "AWSPREVIOUS",
  pending: "AWSPENDING",
};

/**
 * The version as GetSecretValue takes it. The stage is always sent, also where AWSCURRENT is the default: then an answer
 * cannot be about another one.
 */
export function versionInput(
  version: VersionSelector,
): { VersionStage: string } | { VersionId: string } | SourceFailure {
  if (typeof version === "string") return { VersionStage: stageLabels[version] };
  if ("label" in version) return version.label.length <= 256 ? { VersionStage: version.label } : noSuchVersion;
  // The API refuses an id of another length, and so no version has one.
  const { length } = version.id;
  return length >= 32 && length <= 64 ? { VersionId: version.id } : noSuchVersion;
}

const noSuchVersion: SourceFailure = {
  failure: "version-not-found",
  advice: "A version's id has 32 to 64 characters, a label at most 256: take it from ListSecretVersionIds.",
};

/**
 * A rotation leaves AWSPENDING at the version that it has made current
 * (https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html), where it still is after a
 * roll-back: then nothing is pending.
 */
export function arrivedAlready(
  version: VersionSelector,
  { VersionStages = [] }: { readonly VersionStages?: readonly string[] | undefined },
): SourceFailure | undefined {
  const arrived = VersionStages.some((label) => label === stageLabels.current || label === stageLabels.previous);
  if (version !== "pending" || !arrived) return undefined;
  return { failure: "version-not-found", advice: "Nothing is pending: what was, has become the current version." };
}
