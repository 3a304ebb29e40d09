import type { SecretRecord, SourceFailure, VersionSelector } from "@secretsource/core/source";

/** The record, unless it is of another version than the one whose id was asked for. */
export function sameVersion(
  version: VersionSelector,
  record: SecretRecord | SourceFailure,
): SecretRecord | SourceFailure {
  // A reference may be answered without any.
  const { version: answered } = record as Partial<SecretRecord>;
  const isAnother = typeof version === "object" && "id" in version && answered !== undefined && answered !== version.id;
  return isAnother ? anotherVersion : record;
}

export const anotherVersion: SourceFailure = {
  failure: "payload-corrupt",
  advice: "The answer is about another version than the one that was asked for.",
};
