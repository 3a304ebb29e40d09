import type { SourceFailure, Stage, VersionSelector } from "@secretsource/core/source";
import { anotherVersion } from "./same-version.ts";

const stageLabels: Readonly<Record<Stage, string>> = {
  current: "AWSCURRENT",
  previous: "AWSPREVIOUS",
  pending: "AWSPENDING",
};

type Labels = readonly string[];

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

/** Among the versions of a description, the one that is asked for. */
export function versionIn(
  labelsById: Readonly<Record<string, Labels>> | undefined,
  version: VersionSelector,
): string | undefined {
  const versions = Object.entries(labelsById ?? {});
  return versions.find(([id, labels]) => {
    if (!Array.isArray(labels)) return false;
    if (typeof version === "string") return isAtStage(version, { VersionStages: labels });
    return "id" in version ? id === version.id : labels.includes(version.label);
  })?.[0];
}

/**
 * A rotation leaves AWSPENDING at the version that it has made current
 * (https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html), where it still is after a
 * roll-back: then nothing is pending.
 */
export function isAtStage(
  stage: Stage,
  { VersionStages: labels = [] }: { readonly VersionStages?: Labels | undefined },
): boolean {
  if (!Array.isArray(labels) || !labels.includes(stageLabels[stage])) return false;
  return stage !== "pending" || !(labels.includes(stageLabels.current) || labels.includes(stageLabels.previous));
}

/** The failure of an answer that is not at the stage, or the label, that was asked for, or does not say so. */
export function wrongStage(
  version: VersionSelector,
  answer: { readonly VersionStages?: Labels | undefined },
): SourceFailure | undefined {
  if (typeof version === "object") {
    const { VersionStages: labels } = answer;
    const isThere = "id" in version || (Array.isArray(labels) && labels.includes(version.label));
    return isThere ? undefined : anotherVersion;
  }
  if (isAtStage(version, answer)) return undefined;
  return version === "pending"
    ? { failure: "version-not-found", advice: "Nothing is pending: what was, has become the current version." }
    : anotherVersion;
}
