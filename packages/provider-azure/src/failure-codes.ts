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

/** Of connections, Node's. */
export const networkCodes: ReadonlySet<string> = new Set([
  "EAI_AGAIN",
  "EAI_FAIL",
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTDOWN",
  "EHOSTUNREACH",
  "ENETDOWN",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "EPROTO",
  "ETIMEDOUT",
  "ERR_STREAM_PREMATURE_CLOSE",
  "HPE_INVALID_CONSTANT",
]);

/** A connection that was made, to somebody whom we do not trust; Node's codes and OpenSSL's. */
export const certificateCode = /^(?:CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)[A-Z_]{1,60}$/;
