import type { SourceFailure } from "@secretsource/core/source";

export const noSuchVersion: SourceFailure = {
  failure: "version-not-found",
  advice: "The secret is there, and no version of it is the one that was asked for.",
};

/** Of a secret that is not found: that it is a version of it which is missing. */
export function saysVersion(text: string): boolean {
  return /\bsecret (?:value|version)\b/.test(text);
}
