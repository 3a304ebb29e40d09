import type { SecretRecord, SourceFailure } from "@secretsource/core/source";
import { atDate } from "./at-date.ts";
import type { SecretValue } from "./secrets-manager-methods.ts";

/** One answered value as a record. What lacks a part that the service always sends is none of its answers. */
export function toSecretRecord(answer: SecretValue, requestId: string | undefined): SecretRecord | SourceFailure {
  const { ARN, VersionId, SecretString, SecretBinary, CreatedDate } = answer;
  const payload = SecretString ?? SecretBinary;
  // The SDK hands on numbers and the like as they came.
  if (typeof ARN !== "string" || typeof VersionId !== "string") return notTheService;
  if (payload === undefined || payload.length === 0) return noValue;
  if (typeof payload !== "string" && !(payload instanceof Uint8Array)) return notTheService;
  if (SecretString !== undefined && SecretBinary !== undefined) return notTheService;
  return {
    payload,
    version: VersionId,
    metadata: { arn: ARN },
    ...atDate(CreatedDate),
    ...(requestId !== undefined && { requestId }),
  };
}

const notTheService: SourceFailure = {
  failure: "payload-corrupt",
  advice: "The answer lacks what Secrets Manager always sends: does something else answer at the endpoint?",
};

const noValue: SourceFailure = {
  failure: "payload-corrupt",
  advice: "The version has neither text nor bytes: a rotation may have failed half-way. Put a value into the secret.",
};
