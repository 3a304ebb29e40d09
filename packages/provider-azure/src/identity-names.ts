/** Errors of `@azure/identity` and of MSAL below it. */
export const identityNames: ReadonlySet<string> = new Set([
  "AggregateAuthenticationError",
  "AuthenticationError",
  "AuthenticationRequiredError",
  "ClientConfigurationError",
  "CredentialUnavailableError",
  "ServerError",
]);
