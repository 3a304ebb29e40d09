import type { FailureCode, SourceFailure } from "@secretsource/core/source";

const saysOfSecrets: ReadonlySet<FailureCode> = new Set([
  "not-found",
  "version-not-found",
  "field-not-found",
  "deleted",
  "disabled",
]);

/**
 * What came of a login, or of a look at our token, as the failure of a read. That something is absent there says nothing
 * about the secret, and must not make it optional.
 */
export function noAbsence(failure: SourceFailure): SourceFailure {
  return saysOfSecrets.has(failure.failure) ? { ...failure, failure: "unauthenticated" } : failure;
}
