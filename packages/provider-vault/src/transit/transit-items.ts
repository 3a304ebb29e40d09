import type { SourceFailure } from "@secretsource/core/source";

/** What one item of a batch came to. One that fails disturbs no other. */
export type TransitResult<T> = { readonly value: T; readonly failure?: undefined } | SourceFailure;

export interface TransitContext {
  /** For keys with derivation: what the key is derived with. */
  readonly context?: Uint8Array | undefined;
  /** Bound to the ciphertext, and not part of it: the row that it belongs to, say. */
  readonly associatedData?: Uint8Array | undefined;
}

export interface TransitPlaintext extends TransitContext {
  /** A text is taken as UTF-8. */
  readonly plaintext: string | Uint8Array;
}

export interface TransitCiphertext extends TransitContext {
  /** As the server gave it: `vault:v1:...`. */
  readonly ciphertext: string;
}

export interface TransitInput {
  /** A text is taken as UTF-8. */
  readonly input: string | Uint8Array;
  readonly context?: Uint8Array | undefined;
}

export interface TransitSigned extends TransitInput {
  /** As the server gave it. */
  readonly signature: string;
}

export interface TransitMarked extends TransitInput {
  /** As the server gave it. */
  readonly hmac: string;
}

const bytes = ["plaintext", "input", "context", "associatedData"] as const;
const texts = ["ciphertext", "signature", "hmac"] as const;

/**
 * Is it made of texts and bytes, and is the needed part there? Anything else would be turned into a text that nobody
 * meant, or into an error that quotes it.
 */
export function isSound(item: unknown, needed: readonly string[]): boolean {
  if (typeof item !== "object" || item === null) return false;
  const parts = item as Readonly<Record<string, unknown>>;
  const isText = (part: unknown) => typeof part === "string";
  return (
    needed.every((name) => parts[name] !== undefined) &&
    bytes.every((name) => parts[name] === undefined || isText(parts[name]) || parts[name] instanceof Uint8Array) &&
    texts.every((name) => parts[name] === undefined || isText(parts[name]))
  );
}

export function base64(bytes: string | Uint8Array): string {
  return (typeof bytes === "string" ? Buffer.from(bytes, "utf8") : Buffer.from(bytes)).toString("base64");
}

export function contextOf({ context, associatedData }: TransitContext): Readonly<Record<string, string>> {
  return {
    ...(context !== undefined && { context: base64(context) }),
    ...(associatedData !== undefined && { associated_data: base64(associatedData) }),
  };
}
