import type { SecretRecord, SourceFailure } from "@secretsource/core/source";
import type { SecretValue } from "./secrets-manager-methods.ts";

/** One answered value as a record. What lacks a part that the service always sends is none of its answers. */
export function toSecretRecord(answer: SecretValue, requestId: string | undefined): SecretRecord | SourceFailure {
  const { ARN, VersionId, SecretString, SecretBinary, CreatedDate } = answer;
  const payload = SecretString ?? SecretBinary;
  if (ARN === undefined || VersionId === undefined) return notTheService;
  if (payload === undefined) return noValue;
  if (SecretString !== undefined && SecretBinary !== undefined) return notTheService;
  return {
    payload,
    version: VersionId,
    metadata: { arn: ARN },
    ...(CreatedDate !== undefined && { createdAt: CreatedDate.getTime() }),
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
