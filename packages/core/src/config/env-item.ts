import type { StandardSchemaV1 } from "@standard-schema/spec";
import { type ConfigItem, configItem } from "./config-item.ts";
import { defineVariable } from "./define-variable.ts";

export type EnvValue<Schema> = Schema extends StandardSchemaV1 ? StandardSchemaV1.InferOutput<Schema> : string;

/** What `env` puts into the config: with `optional` true, or not known to be false, undefined is possible. */
export type EnvResult<Schema, Optional> = EnvValue<Schema> | (Optional extends true ? undefined : never);

export interface EnvItemOptions<Value = unknown, Optional extends boolean | undefined = boolean | undefined> {
  /** Taken as it is, not given to the schema, where the variable is not set or empty. */
  readonly default?: NoInfer<Value> | undefined;
  /** True: undefined where the variable is not set or empty. A value that the schema refuses is still an error. */
  readonly optional?: Optional;
}

/**
 * A variable of the environment in a config, as a plain value: it is printed with the config. What must not be printed
 * is a `secret()`, which may have a variable as its override. A variable that is set to nothing (`PORT=`) counts as not
 * set.
 *
 * Never throws: `loadConfig` reports mistakes in the arguments together with everything else.
 *
 * @param schema Any Standard Schema; it is given the variable's text, never parsed JSON. Without one: the text.
 */
export function env<Schema extends StandardSchemaV1 | undefined, Optional extends boolean | undefined = undefined>(
  name: string,
  schema: Schema,
  options?: EnvItemOptions<EnvValue<Schema>, Optional>,
): ConfigItem<EnvResult<Schema, Optional>>;
export function env<Optional extends boolean | undefined = undefined>(
  name: string,
  options?: EnvItemOptions<string, Optional>,
): ConfigItem<EnvResult<undefined, Optional>>;
export function env(name: string, schemaOrOptions?: unknown, options?: unknown): ConfigItem {
  return configItem(defineVariable(name, schemaOrOptions, options));
}
