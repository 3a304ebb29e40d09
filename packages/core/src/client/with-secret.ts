import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { As } from "../decode/reading.ts";
import type { Secret } from "../secret/secret.ts";
import { defaultSecrets } from "./process-default.ts";
import type { SecretValue } from "./secret-value.ts";
import type { WithSecretOptions } from "./watch-options.ts";

/**
 * Runs an operation with the current credential of the process's default instance; only where that is not accepted, with
 * the others of the rotation window and with what a refresh brings, for up to 90 s.
 *
 * @throws What the operation threw last; SecretsError where there is no current credential.
 */
export async function withSecret<
  Result,
  Schema extends StandardSchemaV1 | undefined = undefined,
  Kind extends As | undefined = undefined,
>(
  name: string,
  operation: (secret: Secret<SecretValue<Schema, Kind>>) => Result | Promise<Result>,
  options: WithSecretOptions<Schema, Kind>,
): Promise<Result> {
  return defaultSecrets().withSecret(name, operation, options);
}
