import { SecretsError } from "../errors/secrets-error.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The payload as text; bytes must be UTF-8. */
export function payloadText(payload: string | Uint8Array): string {
  if (typeof payload === "string") return payload;
  try {
    return utf8.decode(payload);
  } catch {
    throw new SecretsError({
      code: "decode-failed",
      advice: 'The payload is not UTF-8 text: read it with `as: "bytes"`.',
    });
  }
}

/** The payload as bytes of our own; text becomes UTF-8. */
export function payloadBytes(payload: string | Uint8Array): Uint8Array {
  return typeof payload === "string" ? new TextEncoder().encode(payload) : Uint8Array.from(payload);
}
