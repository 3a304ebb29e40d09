import { displayName } from "../errors/display-name.ts";
import { invalidOptions } from "./invalid-options.ts";

/**
 * A plain copy of an options object: each getter called once, unknown keys refused.
 *
 * @param what How a message calls the options: "The options of envSource".
 * @throws SecretsError `invalid-options`, also where a getter throws.
 */
export function readOptions<Key extends string>(
  options: unknown,
  known: readonly Key[],
  what: string,
): Partial<Record<Key, unknown>> {
  if (options === undefined) return {};
  const copy = copyOf(options) ?? invalidOptions(`${what} must be a plain object that can be read.`);
  const stranger = Object.keys(copy).find((key) => !(known as readonly string[]).includes(key));
  if (stranger !== undefined) {
    invalidOptions(`${what} know no ${displayName(stranger.slice(0, 40))}; they know ${known.join(", ")}.`);
  }
  return copy as Partial<Record<Key, unknown>>;
}

/** The enumerable own properties; undefined for what is no object, is a list, or throws when read. */
export function copyOf(value: unknown): Record<string, unknown> | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  try {
    return { ...value };
  } catch {
    return undefined;
  }
}
