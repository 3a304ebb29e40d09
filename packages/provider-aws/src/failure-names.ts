import type { FailureCode } from "@secretsource/core/source";

/**
 * What the names of errors mean, those that the two services document for reads
 * (https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html and its likes), those of
 * every service of AWS (https://docs.aws.amazon.com/secretsmanager/latest/apireference/CommonErrors.html), those of KMS
 * that come through them, those of STS when it exchanges a web identity, and those of the SDK itself. Only these names are handed on.
 */
const namesByFailure: Partial<Record<FailureCode, readonly string[]>> = {
  "not-found": ["ResourceNotFoundException", "ParameterNotFound"],
  "version-not-found": ["ParameterVersionNotFound"],
  "access-denied": ["AccessDeniedException", "AccessDenied", "NotAuthorized", "UnauthorizedOperation", "OptInRequired"],
  unauthenticated: [
    "AuthFailure",
    "CredentialsProviderError",
    "ExpiredToken",
    "ExpiredTokenException",
    "IDPRejectedClaim",
    "IDPRejectedClaimException",
    "IncompleteSignature",
    "IncompleteSignatureException",
    "InvalidAccessKeyId",
    "InvalidClientTokenId",
    "InvalidIdentityToken",
    "InvalidIdentityTokenException",
    "InvalidSignatureException",
    "MissingAuthenticationToken",
    "MissingAuthenticationTokenException",
    "RequestExpired",
    "RequestInTheFuture",
    "RequestTimeTooSkewed",
    "SignatureDoesNotMatch",
    "TokenProviderError",
    "TokenRefreshRequired",
    "UnrecognizedClientException",
  ],
  throttled: [
    "BandwidthLimitExceeded",
    "EC2ThrottledException",
    "LimitExceededException",
    "PriorRequestNotComplete",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "SlowDown",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
    "TooManyUpdates",
  ],
  unavailable: [
    "IDPCommunicationError",
    "IDPCommunicationErrorException",
    "InternalError",
    "InternalFailure",
    "InternalServerError",
    "InternalServiceError",
    "InternalServiceException",
    "KMSInternalException",
    "DependencyTimeoutException",
    "RequestTimeout",
    "RequestTimeoutException",
    "ServiceUnavailable",
    "ServiceUnavailableException",
  ],
  "invalid-request": [
    "InvalidFilterKey",
    "InvalidFilterOption",
    "InvalidFilterValue",
    "InvalidNextTokenException",
    "InvalidNextToken",
    "InvalidParameterCombination",
    "InvalidParameterException",
    "InvalidParameterValue",
    "InvalidRequestException",
    "MalformedPolicyDocumentException",
    "ParameterPatternMismatchException",
    "SerializationException",
    "UnknownOperationException",
    "UnsupportedParameterType",
    "ValidationError",
    "ValidationException",
  ],
  "decryption-failed": [
    "DecryptionFailure",
    "DisabledException",
    "EncryptionFailure",
    "IncorrectKeyException",
    "InvalidCiphertextException",
    "InvalidKeyId",
    "KMSAccessDeniedException",
    "KMSDisabledException",
    "KMSInvalidStateException",
    "KMSNotFoundException",
    "KeyUnavailableException",
  ],
};

export const failureOfName: ReadonlyMap<string, FailureCode> = new Map(
  Object.entries(namesByFailure).flatMap(([failure, names]) =>
    names.map((name): [string, FailureCode] => [name, failure as FailureCode]),
  ),
);

/** Of connections: Node's, and OpenSSL's for certificates. */
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
  "HPE_INVALID_CONSTANT",
  "ERR_STREAM_PREMATURE_CLOSE",
]);

/** A connection that was made, to somebody whom we do not trust. */
export const certificateCode = /^(?:CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)[A-Z_]{1,60}$/;
