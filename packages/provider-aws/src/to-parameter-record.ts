import type { SecretRecord, SourceFailure } from "@secretsource/core/source";
import { atDate } from "./at-date.ts";
import type { ParameterName } from "./parameter-name.ts";
import type { ParameterValue } from "./parameter-store-methods.ts";
import { referencedSecret } from "./referenced-secret.ts";

/** One answered parameter as a record. What lacks a part that the service always sends is none of its answers. */
export function toParameterRecord(
  asked: ParameterName,
  answer: ParameterValue | undefined,
  requestId: string | undefined,
): SecretRecord | SourceFailure {
  const { Name, ARN, Type, Value, Version, LastModifiedDate, SourceResult } = answer ?? {};
  const isBinary = asked.isReference && Value === undefined && typeof SourceResult === "string";
  if (isBinary) return binarySecret;
  // The SDK hands on numbers in place of texts as they came, and texts in place of numbers.
  if (typeof Value !== "string" || Value === "") return notTheService;
  if (!Number.isSafeInteger(Version) && !asked.isReference) return notTheService;
  if (Name !== asked.name && ARN !== asked.name) return notTheService;
  // A reference has no version of its own.
  const version = asked.isReference ? referencedSecret(SourceResult).version : String(Version);
  return {
    payload: Value,
    metadata: { ...(typeof ARN === "string" && { arn: ARN }), ...(typeof Type === "string" && { type: Type }) },
    ...(version !== undefined && { version }),
    ...atDate(LastModifiedDate),
    ...(requestId !== undefined && { requestId }),
  };
}

const notTheService: SourceFailure = {
  failure: "payload-corrupt",
  advice: "The answer lacks what Parameter Store always sends: does something else answer at the endpoint?",
};

const binarySecret: SourceFailure = {
  failure: "unsupported",
  advice:
    "The secret behind the reference holds bytes, which Parameter Store does not give: read it by `awsSecretsManager`.",
};
