import { SecretsError } from "../errors/secrets-error.ts";

export function unknownSource(names: Iterable<string>): SecretsError {
  const advice = `\`source\` must be one of ${[...names].join(", ")}.`;
  return new SecretsError({ code: "invalid-options", advice });
}
