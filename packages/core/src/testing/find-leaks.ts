import { type LeakForm, pieces } from "./leak-forms.ts";

/** How a secret, or a piece of it, stands in an output. Never the secret itself. */
export interface Leak {
  /** Outermost first: `["base64", "json"]` is backslash escapes inside of base64; `["plain"]` is as it is. */
  readonly forms: readonly LeakForm[];
}

export interface LeakSearch {
  /**
   * The shortest piece of the secret that counts, in UTF-8 bytes; at least 4. Default: 8. A secret that is not longer
   * is searched for as a whole.
   */
  readonly shortest?: number | undefined;
  /**
   * What was searched before for the same secret, each with the depth; it is added to. A text that stands in many outputs
   * (a line of a stack in base64's alphabet) is taken apart once.
   */
  readonly seen?: Map<string, number> | undefined;
}

const defaultShortest = 8;
const leastShortest = 4;
const deepest = 3;

/**
 * Searches an output for a secret: plainly, and inside of base64, base64url, hex, URL encoding, backslash escapes
 * (JSON), lists of bytes and lists of characters, also one inside of another. Pure.
 *
 * @returns One item per way in which it was found; empty where it was not.
 */
export function findLeaks(
  output: string,
  secret: string | Uint8Array,
  { shortest, seen = new Map() }: LeakSearch = {},
): readonly Leak[] {
  const bytes = typeof secret === "string" ? latin1(secret) : Buffer.from(secret).toString("latin1");
  const needles = windows(bytes, Math.max(leastShortest, shortest ?? defaultShortest));
  const found = new Map<string, Leak>();
  if (needles.length > 0) search(latin1(output), [], { needles, found, seen });
  return [...found.values()];
}

/** Bytes as characters, so that text and bytes are searched alike. */
function latin1(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

/** Every stretch of that length. */
function windows(bytes: string, length: number): readonly string[] {
  if (bytes.length <= length) return bytes === "" ? [] : [bytes];
  const all = Array.from({ length: bytes.length - length + 1 }, (_, start) => bytes.slice(start, start + length));
  return [...new Set(all)];
}

interface Search {
  readonly needles: readonly string[];
  readonly found: Map<string, Leak>;
  readonly seen: Map<string, number>;
}

function search(text: string, forms: readonly LeakForm[], on: Search): void {
  const { needles, found, seen } = on;
  if (text.length < (needles[0]?.length ?? 0)) return;
  if ((seen.get(text) ?? Number.POSITIVE_INFINITY) <= forms.length) return;
  seen.set(text, forms.length);
  if (needles.some((needle) => text.includes(needle))) {
    const leak: Leak = { forms: forms.length === 0 ? ["plain"] : forms };
    found.set(leak.forms.join(), leak);
    if (forms.length > 0) return;
  }
  if (forms.length === deepest || (forms.length > 0 && !isMostlyAscii(text))) return;
  for (const { form, decoded } of pieces(text, needles[0]?.length ?? 0)) search(decoded, [...forms, form], on);
}

/** What is written in one of the forms is; what was decoded by mistake is not, and not worth going deeper. */
function isMostlyAscii(text: string): boolean {
  return (text.match(/[ -~]/g)?.length ?? 0) > text.length * 0.75;
}
