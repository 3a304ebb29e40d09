import { SecretsError } from "../errors/secrets-error.ts";

const advice =
  "Close it after the last reader has ended; createSecrets(), or configureSecrets() with `replace: true`, makes another.";

export function closedError(source?: string, secretName?: string): SecretsError {
  return new SecretsError({ code: "closed", source, secretName, advice });
}
