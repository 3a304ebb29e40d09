const networkCodes: ReadonlySet<string> = new Set([
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
  "ERR_STREAM_PREMATURE_CLOSE",
  "ETIMEDOUT",
  "HPE_INVALID_CONSTANT",
]);

const certificateCode = /^(?:CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)[A-Z_]{1,60}$/;

/** One of Node's codes for a connection that could not be made, or that broke. Such a code may be handed on. */
export function isNetworkCode(code: unknown): boolean {
  return typeof code === "string" && networkCodes.has(code);
}

/** A code of Node or OpenSSL for a connection that was made, to somebody whom we do not trust. It may be handed on. */
export function isCertificateCode(code: unknown): boolean {
  return typeof code === "string" && certificateCode.test(code);
}
