import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { GetSecretOptions } from "../client/get-secret-options.ts";
import type { SecretResult } from "../client/secret-value.ts";
import type { As } from "../decode/reading.ts";
import { type ConfigItem, configItem } from "./config-item.ts";
import { defineSecret } from "./define-secret.ts";

/** How the secret of a config is read: as `getSecret` reads it, or from a variable that overrides it. */
export interface SecretItemOptions<
  Kind extends As | undefined = As | undefined,
  Optional extends boolean | undefined = boolean | undefined,
> extends Pick<GetSecretOptions<undefined, Kind, Optional>, "as" | "field" | "version" | "source" | "optional"> {
  /**
   * A variable that overrides the store, for local runs and tests. Where it is set and not empty, the store is not
   * asked. It holds what `field` would have picked, or else the whole payload; `as` and the schema read it in the same
   * way, and it stays redacted. The secret's `metadata.variable` names it.
   */
  readonly env?: string | undefined;
}

/**
 * A secret in a config; `loadConfig` puts a `Secret<T>` in its place. There is no default value: one written in code is
 * a secret in the repository. Use `optional: true`, or an override.
 *
 * Never throws: `loadConfig` reports mistakes in the arguments together with everything else.
 *
 * @param schema Any Standard Schema; the value is its output. Without one: text, or what `as` says.
 */
export function secret<
  Schema extends StandardSchemaV1 | undefined,
  Kind extends As | undefined = undefined,
  Optional extends boolean | undefined = undefined,
>(
  name: string,
  schema: Schema,
  options?: SecretItemOptions<Kind, Optional>,
): ConfigItem<SecretResult<Schema, Kind, Optional>>;
export function secret<Kind extends As | undefined = undefined, Optional extends boolean | undefined = undefined>(
  name: string,
  options?: SecretItemOptions<Kind, Optional>,
): ConfigItem<SecretResult<undefined, Kind, Optional>>;
export function secret(name: string, schemaOrOptions?: unknown, options?: unknown): ConfigItem {
  return configItem(defineSecret(name, schemaOrOptions, options));
}
