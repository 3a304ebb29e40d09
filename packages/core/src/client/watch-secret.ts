import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { As } from "../decode/reading.ts";
import type { LiveSecret } from "../rotation/live-secret.ts";
import { defaultSecrets } from "./process-default.ts";
import type { SecretValue } from "./secret-value.ts";
import type { WatchSecretOptions } from "./watch-options.ts";

/**
 * Follows one secret with the process's default instance: the handle always holds the newest good value.
 *
 * @throws SecretsError as `getSecret`; `verify-failed` where the first value is refused.
 */
export async function watchSecret<
  Schema extends StandardSchemaV1 | undefined = undefined,
  Kind extends As | undefined = undefined,
>(name: string, options?: WatchSecretOptions<Schema, Kind>): Promise<LiveSecret<SecretValue<Schema, Kind>>> {
  return defaultSecrets().watchSecret(name, options);
}
