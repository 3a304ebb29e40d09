import type { VersionSelector } from "../source/secret-ref.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import type { SourceTraits } from "../source/source-traits.ts";

/** What a source does not promise is refused here, before it is called. */
export function unsupportedVersion(
  kind: string,
  traits: SourceTraits,
  version: VersionSelector,
): SourceFailure | undefined {
  if (typeof version === "string") {
    if (traits.stages.includes(version)) return undefined;
    return { failure: "unsupported", advice: `The ${kind} source has these stages: ${traits.stages.join(", ")}.` };
  }
  if ("id" in version) {
    return traits.versionIds ? undefined : { failure: "unsupported", advice: `The ${kind} source has no version ids.` };
  }
  return traits.labels ? undefined : { failure: "unsupported", advice: `The ${kind} source has no labels.` };
}
