import { SecretsError } from "@secretsource/core";

/** @throws SecretsError `invalid-options`, always */
export function invalidOptions(advice: string): never {
  throw new SecretsError({ code: "invalid-options", advice });
}
