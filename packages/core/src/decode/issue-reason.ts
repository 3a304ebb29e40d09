import type { StandardSchemaV1 } from "@standard-schema/spec";
import { displayName } from "../errors/display-name.ts";

// Schema libraries quote their input in an issue's message ("must be a number (was "hunter2")"), so the message is
// never used. These libraries put a fixed word of their own into `code` or `type`.
const vendorsWithCodes: ReadonlySet<unknown> = new Set(["zod", "valibot", "arktype"]);
const fixedWord = /^[a-z][a-zA-Z_]{0,39}$/;
const longestPath = 32;

/**
 * The first of a list, in an array of our own. The lists of schema libraries may be heirs of Array, whose `slice` and
 * `map` call their constructors: an empty path of arktype becomes `[0]`.
 */
export function firstOf(list: unknown, most: number): unknown[] {
  if (!Array.isArray(list)) return [];
  return Array.from({ length: Math.min(list.length, most) }, (_, index) => list[index]);
}

/** Where in the value, and why, in words of our own: no message of the schema library, no value. */
export function issueReason(vendor: unknown, input: unknown, issue: StandardSchemaV1.Issue): string {
  const { shown, at } = follow(input, issuePath(issue));
  const where = shown.length === 0 ? "the value" : displayName(shown.join("."));
  if (at === undefined) return `${where} is missing`;
  const word = vendorsWithCodes.has(vendor) ? vendorWord(issue, at) : undefined;
  return `${where} (${kindOf(at)}) is not valid${word === undefined ? "" : ` [${word}]`}`;
}

function issuePath(issue: StandardSchemaV1.Issue): string[] {
  return firstOf(issue.path, longestPath).map((segment) => {
    const key = typeof segment === "object" && segment !== null ? (segment as { key?: unknown }).key : segment;
    return typeof key === "string" || typeof key === "number" ? String(key) : "?";
  });
}

/**
 * What the path leads to in the input, undefined if it leads nowhere. A schema that takes a text apart may have made
 * keys of its pieces: such a segment is not shown.
 */
function follow(input: unknown, path: readonly string[]): { readonly shown: readonly string[]; readonly at: unknown } {
  const shown: string[] = [];
  let at: unknown = input;
  let leaf: unknown;
  for (const key of path) {
    if (at !== undefined) leaf = at;
    at =
      typeof at === "object" && at !== null && Object.hasOwn(at, key)
        ? (at as Record<string, unknown>)[key]
        : undefined;
    const made = at === undefined && (isPieceOf(key, leaf) || isTokenBelow(key, leaf));
    shown.push(made ? "?" : key);
  }
  return { shown, at };
}

function isPieceOf(piece: string, leaf: unknown): boolean {
  const text = leaf instanceof Uint8Array ? new TextDecoder().decode(leaf) : leaf;
  return (typeof text === "string" || typeof text === "number") && String(text).includes(piece);
}

/**
 * Whether a text anywhere below holds it, between signs or ends: a schema that makes another object of an object may have
 * split one there. Not any part of a text, or `host` could not be called missing beside `localhost`.
 */
function isTokenBelow(piece: string, container: unknown): boolean {
  // A set that grows while it is walked, as in `deepFreeze`.
  const reached = new Set<unknown>([container]);
  for (const node of reached) {
    if (typeof node === "object" && node !== null) for (const child of Object.values(node)) reached.add(child);
    else if ((typeof node === "string" || typeof node === "number") && hasToken(String(node), piece)) return true;
  }
  return false;
}

function hasToken(text: string, piece: string): boolean {
  for (let at = text.indexOf(piece); at !== -1; at = text.indexOf(piece, at + 1)) {
    if (!isWordAt(text, at - 1) && !isWordAt(text, at + piece.length)) return true;
    if (at >= text.length) break;
  }
  return false;
}

function isWordAt(text: string, index: number): boolean {
  return /[\p{L}\p{N}]/u.test(text.charAt(index));
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (value instanceof Uint8Array) return "bytes";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function vendorWord(issue: object, at: unknown): string | undefined {
  const { code, type } = issue as { code?: unknown; type?: unknown };
  const word = [code, type].find((text): text is string => typeof text === "string" && fixedWord.test(text));
  return word === undefined || isPieceOf(word, at) ? undefined : word;
}
