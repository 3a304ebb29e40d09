import type { SourceFailure } from "@secretsource/core/source";
import type { GcpCall } from "./gcp-call.ts";

/**
 * What a NOT_FOUND is about. The service says `Secret Version [NAME] not found.`, and
 * `Secret [NAME] not found or has no versions.`; where it says neither, a certain version is what was asked for.
 */
export function absence(text: string, { ofOneVersion = false }: GcpCall): SourceFailure {
  if (/\bSecret Version \[/.test(text)) return versionAbsent;
  if (/\bSecret \[/.test(text)) return secretAbsent;
  return ofOneVersion ? versionAbsent : secretAbsent;
}

const secretAbsent: SourceFailure = {
  failure: "not-found",
  advice:
    "There is no such secret, or it has no version yet: check the project and the location (`gcloud secrets list`, with `--location` for regional ones), and add a version.",
};

export const versionAbsent: SourceFailure = {
  failure: "version-not-found",
  advice: "`gcloud secrets versions list` shows the versions of a secret, `gcloud secrets describe` its aliases.",
};
