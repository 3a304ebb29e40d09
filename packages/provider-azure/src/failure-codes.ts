/**
 * The service's codes for reads, outer and inner ones
 * (https://learn.microsoft.com/azure/key-vault/general/rest-error-codes). Only these are handed on.
 */
export const serviceCodes: ReadonlySet<string> = new Set([
  "AccessDenied",
  "BadParameter",
  "Conflict",
  "Forbidden",
  "ForbiddenByConnection",
  "ForbiddenByFirewall",
  "ForbiddenByPolicy",
  "ForbiddenByRbac",
  "InternalServerError",
  "ObjectIsBeingDeleted",
  "ObjectIsBeingRecovered",
  "ObjectIsDeletedButRecoverable",
  "SecretDisabled",
  "SecretNotFound",
  "ServiceUnavailable",
  "Throttled",
  "Unauthorized",
]);
