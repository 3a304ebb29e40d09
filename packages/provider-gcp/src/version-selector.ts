import type { SourceFailure, VersionSelector } from "@secretsource/core/source";

/** The last part of a version's resource name, as it is asked for; `previous` has to be looked for. */
export type VersionPart = { readonly part: string } | "previous";

// Versions are counted from 1, and aliases begin with a letter and are neither of the service's own words
// (`Secret.version_aliases` of google/cloud/secretmanager/v1/resources.proto).
const numberPattern = /^[1-9]\d{0,17}$/;
const aliasPattern = /^(?!latest$|NEW$)[A-Za-z][A-Za-z0-9_-]{0,62}$/;

export function versionPartOf(version: VersionSelector): VersionPart | SourceFailure {
  if (version === "current") return { part: "latest" };
  if (version === "previous") return "previous";
  if (version === "pending") return nothingPending;
  if ("id" in version) return numberPattern.test(version.id) ? { part: version.id } : noSuchNumber;
  return aliasPattern.test(version.label) ? { part: version.label } : noSuchAlias;
}

const nothingPending: SourceFailure = {
  failure: "unsupported",
  advice: "Secret Manager has no pending versions: give one an alias, and ask for it as a label.",
};

const noSuchNumber: SourceFailure = {
  failure: "version-not-found",
  advice: "A version's id in Secret Manager is its number: `gcloud secrets versions list` shows them.",
};

const noSuchAlias: SourceFailure = {
  failure: "version-not-found",
  advice:
    "A label is a version alias of Secret Manager: at most 63 letters, digits, `-` and `_`, the first one a letter, and neither `latest` nor `NEW`.",
};
