import type { SourceFailure } from "@secretsource/core/source";

/**
 * What Parameter Store says of a reference that Secrets Manager refused, each a ValidationException, and no more than that
 * (https://github.com/serverless/serverless/issues/11947; https://github.com/floci-io/floci, measured in September 2026).
 */
export function referenceFailure(text: string): SourceFailure | undefined {
  if (/\bwhile calling one AWS dependency service\b/.test(text)) return denied;
  return /^Invalid Request to Secrets Manager\b/.test(text) ? refused : undefined;
}

const denied: SourceFailure = {
  failure: "access-denied",
  advice:
    "Secrets Manager refuses the secret behind the reference: grant `secretsmanager:GetSecretValue` on it, and `kms:Decrypt` on its key where that is one of your own, to the identity that the program runs as.",
};

const refused: SourceFailure = {
  failure: "invalid-request",
  advice:
    "Secrets Manager does not give the secret behind the reference as it is now: it may be marked for deletion, see `aws secretsmanager describe-secret`.",
};
