import type { Secret } from "../secret/secret.ts";
import type { Secrets } from "./secrets.ts";

/**
 * How `loadConfig` reads: as `getSecret` does, and the secret is kept from then on and counts for `health()`. A registered
 * symbol, since the config entry may be another copy of this package than the instance.
 */
export const requireSecret: unique symbol = Symbol.for("secretsource.require") as never;

export interface RequiresSecrets {
  [requireSecret](name: string, options: object): Promise<Secret<unknown> | undefined>;
}

export function requiring(secrets: Secrets): RequiresSecrets | undefined {
  return requireSecret in secrets ? (secrets as unknown as RequiresSecrets) : undefined;
}
