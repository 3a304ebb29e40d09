import type { SecretRecord, SourceFailure } from "@secretsource/core/source";
import { atDate } from "./at-date.ts";
import type { ParameterName } from "./parameter-name.ts";
import type { ParameterValue } from "./parameter-store-methods.ts";

/** One answered parameter as a record. What lacks a part that the service always sends is none of its answers. */
export function toParameterRecord(
  asked: ParameterName,
  answer: ParameterValue | undefined,
  requestId: string | undefined,
): SecretRecord | SourceFailure {
  const { Name, ARN, Type, Value, Version, LastModifiedDate } = answer ?? {};
  // The SDK hands on numbers in place of texts as they came, and texts in place of numbers.
  if (typeof Value !== "string" || Value === "") return notTheService;
  if (!Number.isSafeInteger(Version) && !asked.isReference) return notTheService;
  if (Name !== asked.name && ARN !== asked.name) return notTheService;
  const version = asked.isReference ? referencedVersion(answer?.SourceResult) : String(Version);
  return {
    payload: Value,
    metadata: { ...(typeof ARN === "string" && { arn: ARN }), ...(typeof Type === "string" && { type: Type }) },
    ...(version !== undefined && { version }),
    ...atDate(LastModifiedDate),
    ...(requestId !== undefined && { requestId }),
  };
}

/** The version that Secrets Manager answered with. A reference has none of its own. */
function referencedVersion(sourceResult: string | undefined): string | undefined {
  try {
    const { VersionId } = JSON.parse(sourceResult ?? "") as { readonly VersionId?: unknown };
    return typeof VersionId === "string" && /^[A-Za-z0-9-]{32,64}$/.test(VersionId) ? VersionId : undefined;
  } catch {
    // What it threw quotes the value.
    return undefined;
  }
}

const notTheService: SourceFailure = {
  failure: "payload-corrupt",
  advice: "The answer lacks what Parameter Store always sends: does something else answer at the endpoint?",
};
