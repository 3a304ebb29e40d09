/** What a source may answer instead of a record. Portable across stores. */
export const failureCodes = [
  "not-found",
  "version-not-found",
  "field-not-found",
  "access-denied",
  "unauthenticated",
  "throttled",
  "unavailable",
  "timeout",
  "aborted",
  "invalid-request",
  "disabled",
  "deleted",
  "payload-corrupt",
  "decryption-failed",
  "unsupported",
  "unknown",
] as const;

/** What only the library itself can find out. */
export const libraryCodes = [
  "decode-failed",
  "validation-failed",
  "verify-failed",
  "invalid-config",
  "invalid-options",
  "not-configured",
  "unsupported-spec",
  "mint-budget-exhausted",
  "stale-limit",
  "closed",
] as const;

/** A portable reason for which a store gave no record. */
export type FailureCode = (typeof failureCodes)[number];

/** Every `code` that a {@link SecretsError} can bear. A closed list: a new code is a new minor version. */
export type SecretsErrorCode = FailureCode | (typeof libraryCodes)[number];
