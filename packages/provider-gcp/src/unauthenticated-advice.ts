import type { GcpError } from "./gcp-error.ts";

/** Why the service does not know who we are, by `google.api.ErrorReason`. */
export function unauthenticatedAdvice({ reason }: GcpError): string {
  switch (reason) {
    case "CREDENTIALS_MISSING":
      return "The request arrived without a token: does a proxy drop headers, or does the `authClient` give none?";
    case "ACCESS_TOKEN_EXPIRED":
      return "The token has expired: is the clock right, and does the `authClient` renew its tokens?";
    case "ACCESS_TOKEN_TYPE_UNSUPPORTED":
      return "The token is of another kind: Secret Manager takes OAuth access tokens, and no ID tokens.";
    case "ACCOUNT_STATE_INVALID":
      return "The service account is disabled or deleted: enable it, or run under another one.";
    default:
      return "The service does not accept the token, and neither a new one where the credentials had one: log in again (`gcloud auth application-default login`), or check the service account and its key.";
  }
}
