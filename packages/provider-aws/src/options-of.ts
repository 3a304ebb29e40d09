import { invalidOptions } from "./invalid-options.ts";

/**
 * A plain copy of an options object; each getter is called once.
 *
 * @throws SecretsError `invalid-options` for an unknown key, for what is no plain object, and where a getter throws.
 */
export function optionsOf<Key extends string>(
  options: unknown,
  known: readonly Key[],
  factory: string,
): Partial<Record<Key, unknown>> {
  const copy = options === undefined ? {} : copyOf(options);
  if (copy === undefined) return invalidOptions(`The options of ${factory} must be a plain object that can be read.`);
  if (Object.keys(copy).some((key) => !(known as readonly string[]).includes(key))) {
    return invalidOptions(`The options of ${factory} hold one that there is not; there are ${known.join(", ")}.`);
  }
  return copy as Partial<Record<Key, unknown>>;
}

function copyOf(options: unknown): Record<string, unknown> | undefined {
  if (typeof options !== "object" || options === null || Array.isArray(options)) return undefined;
  try {
    return Object.assign(Object.create(null), options) as Record<string, unknown>;
  } catch {
    // What a getter throws may quote a value.
    return undefined;
  }
}
