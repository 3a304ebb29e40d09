import { SecretsError } from "../errors/secrets-error.ts";

/** Text, bytes, or a plain object or list, which is stored as its JSON text. */
export type MemoryValue = string | Uint8Array | object;

/**
 * The value as it is stored: a copy that nobody else holds.
 *
 * @throws SecretsError `invalid-options` for what is neither text nor bytes nor JSON.
 */
export function storedPayload(value: unknown, secretName?: string): string | Uint8Array {
  if (typeof value === "string") return value;
  if (value instanceof Uint8Array) return new Uint8Array(value);
  const json = jsonText(value);
  if (json !== undefined) return json;
  throw new SecretsError({
    code: "invalid-options",
    secretName,
    advice: "A secret's value must be a string, a Uint8Array, or a plain object or list that JSON can hold.",
  });
}

function isPlain(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Not compared with Object.prototype: another realm (a test runner's sandbox) has one of its own.
  return prototype === null || Object.getPrototypeOf(prototype) === null || Array.isArray(value);
}

function jsonText(value: unknown): string | undefined {
  try {
    return isPlain(value) ? JSON.stringify(value) : undefined;
  } catch {
    // A circle, a BigInt, a getter that throws: none of it is JSON.
    return undefined;
  }
}
