import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { As } from "../decode/reading.ts";
import type { GetSecretOptions } from "./get-secret-options.ts";
import { defaultSecrets } from "./process-default.ts";
import type { SecretResult } from "./secret-value.ts";

/**
 * Reads one secret with the process's default instance: from memory while it is fresh, otherwise from the store, with
 * one call for all who ask at once. Where `configureSecrets` was not called, the source is the one that the environment
 * variable SECRETSOURCE names.
 *
 * @throws SecretsError with every code of the closed list but `invalid-config`.
 */
export function getSecret<
  Schema extends StandardSchemaV1 | undefined = undefined,
  Kind extends As | undefined = undefined,
  Optional extends boolean | undefined = undefined,
>(name: string, options?: GetSecretOptions<Schema, Kind, Optional>): Promise<SecretResult<Schema, Kind, Optional>> {
  try {
    return defaultSecrets().getSecret(name, options);
  } catch (error) {
    return Promise.reject(error);
  }
}
