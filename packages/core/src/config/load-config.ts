import { SecretsError } from "../errors/secrets-error.ts";
import { deepFreeze } from "../util/deep-freeze.ts";
import { collectItems } from "./collect-items.ts";
import type { ConfigOf } from "./config-types.ts";
import { type LoadConfigOptions, readLoadOptions } from "./load-options.ts";
import { isPlainList, isPlainObject } from "./plain.ts";
import { readPlaces } from "./read-places.ts";

/**
 * Loads a program's configuration at its start: everything at once, validated, frozen through and through.
 *
 * @param spec Plain objects and lists, as deep as needed, of `secret()`, `env()` and literals. An instance of a class
 *   (a date, a `Secret`, a URL) is a literal and is passed on as it is.
 * @returns The same structure with secrets as `Secret<T>` and variables as plain values. Printing it shows no secret.
 * @throws SecretsError `invalid-config` that names every missing or invalid item, in `problems` and as a table in its
 *   message; `invalid-options` for wrong options.
 */
export async function loadConfig<const Spec extends object>(
  spec: Spec,
  options?: LoadConfigOptions,
): Promise<ConfigOf<Spec>> {
  const settings = readLoadOptions(options);
  const { config, places } = collectItems(checkedSpec(spec));
  const problems = await readPlaces(places, settings);
  if (problems.length === 0) return deepFreeze(config) as ConfigOf<Spec>;
  throw new SecretsError({
    code: "invalid-config",
    advice: `Missing or invalid: ${problems.length} of ${places.length} items. Create or correct them, then start again.`,
    problems,
  });
}

function checkedSpec(spec: unknown): unknown {
  try {
    if (isPlainObject(spec) || isPlainList(spec)) return spec;
  } catch {
    // A proxy that throws.
  }
  throw new SecretsError({
    code: "invalid-options",
    advice: "loadConfig() takes a plain object of items, as in `loadConfig({ database: secret(name) })`.",
  });
}
