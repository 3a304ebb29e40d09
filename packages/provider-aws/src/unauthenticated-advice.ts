import type { AwsError } from "./aws-error.ts";

const skewNames = /^Request(?:Expired|InTheFuture|TimeTooSkewed)$/;
const skewText = /\bSignature (?:expired|not yet current)\b/;

/** Why the service does not know who we are. */
export function unauthenticatedAdvice({ name, text }: AwsError, profile: string | undefined): string {
  if (name === "CredentialsProviderError" || name === "TokenProviderError") return noCredentials(text, profile);
  if (skewNames.test(name) || skewText.test(text)) {
    return "The machine's clock and the service's differ by minutes: set the clock (NTP, chrony).";
  }
  if (name.startsWith("ExpiredToken") || name === "TokenRefreshRequired") {
    return "The session's token has expired: log in again (`aws sso login`), or let the program run under a role.";
  }
  if (/^InvalidIdentityToken|^IDPRejectedClaim/.test(name)) {
    return "STS refuses the web identity token (AWS_WEB_IDENTITY_TOKEN_FILE): check its issuer, its audience, and that the identity provider is known in the role's account.";
  }
  if (/Signature/.test(name)) {
    return "The signature is wrong: the secret access key does not belong to the access key id, or a proxy changes requests.";
  }
  if (/^MissingAuthenticationToken/.test(name))
    return "The request arrived without a signature: does a proxy drop headers?";
  return "The access key is not known: it was deleted or deactivated, or belongs to another partition.";
}

/** What the SDK's chain looks at, in its order (`@aws-sdk/credential-provider-node`); the variables only where no profile is named. */
const variables = "environment variables (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)";
const places =
  "the shared configuration files (keys, SSO, login, assumed role, credential_process of the profile), a web identity token file (AWS_WEB_IDENTITY_TOKEN_FILE), and the container's or instance's role (AWS_CONTAINER_CREDENTIALS_*, IMDS)";

// What else stands in its place may be anything.
const profilePattern = /^[\w@./+-][\w @./+-]{0,63}$/;

/** The text is the SDK's own and may quote paths and start URLs: only what kind of complaint it is, is taken from it. */
function noCredentials(text: string, profile: string | undefined): string {
  if (/SSO session|re-authenticate|expired/i.test(text)) {
    return "The SSO session has expired: run `aws sso login`, or `aws login`.";
  }
  if (profile) {
    const shown = profilePattern.test(profile) ? `The profile \`${profile}\`` : "The profile";
    return `${shown} is not there, or gives no credentials: check \`profile\`, AWS_PROFILE, and its section (\`aws configure list-profiles\`). The SDK looked at ${places}; not at ${variables}, since a profile is named.`;
  }
  if (/profile/i.test(text)) {
    return `The profile gives no credentials: check \`profile\`, AWS_PROFILE, and the profile's section. The SDK looked at ${variables}, ${places}.`;
  }
  return `There are no credentials. The SDK looked at ${variables}, ${places}: provide one of them.`;
}
