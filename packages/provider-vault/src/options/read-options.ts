import { invalidOptions } from "./invalid-options.ts";

/**
 * A copy of an options object without prototype: each getter called once, unknown keys refused.
 *
 * @throws SecretsError `invalid-options`
 */
export function readOptions<Key extends string>(
  options: unknown,
  known: readonly Key[],
  what: string,
): Partial<Record<Key, unknown>> {
  const copy = plainCopy(options ?? {}) ?? invalidOptions(`${what} must be a plain object that can be read.`);
  const strange = Object.keys(copy).some((key) => !(known as readonly string[]).includes(key));
  // The stranger is not shown: it may be a value in the place of a name.
  if (strange) return invalidOptions(`${what} have an option that is not known; known: ${known.join(", ")}.`);
  return copy as Partial<Record<Key, unknown>>;
}

function plainCopy(value: unknown): Record<string, unknown> | undefined {
  try {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    return Object.assign(Object.create(null), value);
  } catch {
    // What a getter throws may quote a value.
    return undefined;
  }
}
