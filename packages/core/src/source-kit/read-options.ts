import { displayName } from "../errors/display-name.ts";
import { SecretsError } from "../errors/secrets-error.ts";

/**
 * A plain copy of an options object: each getter called once, unknown keys refused. It has no prototype, so that a
 * source called `constructor` finds nothing there.
 *
 * @throws SecretsError `invalid-options`, also where a getter throws.
 */
export function readOptions<Key extends string>(
  options: unknown,
  known: readonly Key[],
  what: string,
): Partial<Record<Key, unknown>> {
  const copy = readObject(options === undefined ? {} : options, what);
  const stranger = Object.keys(copy).find((key) => !(known as readonly string[]).includes(key));
  if (stranger !== undefined) {
    throw new SecretsError({
      code: "invalid-options",
      advice: `${what}: there is no option ${displayName(stranger.slice(0, 40))}; there are ${known.join(", ")}.`,
    });
  }
  return copy as Partial<Record<Key, unknown>>;
}

/**
 * A copy of any plain object, without prototype.
 *
 * @throws SecretsError `invalid-options` for a list, for an instance of a class, and where a getter throws.
 */
export function readObject(value: unknown, what: string): Record<string, unknown> {
  try {
    if (isPlain(value)) return Object.assign(Object.create(null), value);
  } catch {
    // What a getter throws may quote a value.
  }
  throw new SecretsError({
    code: "invalid-options",
    advice: `${what} must be a plain object that can be read: no list, no instance of a class, no getter that throws.`,
  });
}

function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Not compared with Object.prototype: another realm (a test runner's sandbox) has one of its own.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
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
