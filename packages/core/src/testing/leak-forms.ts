/** A way in which a value can be written without being readable at first sight. */
export type LeakForm = "plain" | "base64" | "base64url" | "hex" | "url" | "json" | "bytes" | "characters" | "wrapped";

/** What a text, or a stretch of it, would be if it were in disguise. Bytes stand as Latin-1 characters. */
export interface Piece {
  readonly form: LeakForm;
  readonly decoded: string;
}

const base64Run = /[A-Za-z0-9+/]{6,}/g;
const base64UrlRun = /[A-Za-z0-9_-]{6,}/g;
// The inspector breaks a text of several lines into a sum of them.
const inspectedLineEnd = /(["'`]) \+\n\s*\1/g;
const lineEnd = /\s*[\r\n]\s*/g;
const hexRun = /[0-9a-fA-F]{2}(?:[\s:,-]{0,2}[0-9a-fA-F]{2}){3,}/g;
const indexKey = /(["']?)\d+\1:\s*/g;
const byteRun = /\d{1,3}(?:\s*,\s*\d{1,3}){3,}/g;
const characterRun = /(?:(["'`])(?:\\.|[^\\])\1[\s,]*){4,}/g;
const character = /(["'`])(\\.|[^\\])\1/g;
const escapes = /((?:\\u[0-9a-fA-F]{4})+)|\\u\{([0-9a-fA-F]{1,6})\}|\\x([0-9a-fA-F]{2})|\\([\s\S])/g;
const controls: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f", v: "\v", "0": "\0" };

/** @param least What decodes to fewer bytes is of no interest. */
export function* pieces(text: string, least: number): Generator<Piece> {
  if (/[\r\n]/.test(text)) yield* unwrapped(text);
  if (text.includes("\\")) yield { form: "json", decoded: unescaped(text) };
  if (text.includes("%")) yield* percentDecoded(text);
  yield* decodedRuns(text, base64Run, "base64", least);
  yield* decodedRuns(text, base64UrlRun, "base64url", least);
  for (const [run] of text.matchAll(hexRun)) yield* hexDecoded(run);
  // Of `{ '0': 107, '1': 55 }` only the values.
  const values = text.replaceAll(indexKey, "");
  for (const [run] of values.matchAll(byteRun)) yield { form: "bytes", decoded: fromBytes(run.split(",").map(Number)) };
  for (const [run] of values.matchAll(characterRun)) yield { form: "characters", decoded: joined(run) };
}

function* unwrapped(text: string): Generator<Piece> {
  const joined = text.replaceAll(inspectedLineEnd, "");
  if (joined !== text) yield { form: "wrapped", decoded: joined };
  yield { form: "wrapped", decoded: joined.replaceAll(lineEnd, "") };
}

function unescaped(text: string): string {
  return text.replaceAll(escapes, (_all, units?: string, point?: string, byte?: string, other?: string) => {
    if (other !== undefined) return controls[other] ?? other;
    if (units !== undefined) return utf8(String.fromCharCode(...units.slice(2).split("\\u").map(fromHex)));
    const value = fromHex(point ?? byte ?? "");
    return value > 0x10ffff ? "" : utf8(String.fromCodePoint(value));
  });
}

/** As in a path, then as in a form, where a blank is a plus. */
function* percentDecoded(text: string): Generator<Piece> {
  for (const given of [text, text.replaceAll("+", " ")]) {
    const decoded = given.replaceAll(/%([0-9a-fA-F]{2})/g, (_all, byte: string) => String.fromCharCode(fromHex(byte)));
    yield { form: "url", decoded };
  }
}

/** From each of four offsets: what stands before the secret has shifted it. */
function* decodedRuns(text: string, runs: RegExp, form: "base64" | "base64url", least: number): Generator<Piece> {
  for (const [run] of text.matchAll(runs)) {
    if (run.length * 3 < least * 4) continue;
    // Without these two it has been decoded as base64.
    if (form === "base64url" && !/[_-]/.test(run)) continue;
    for (const offset of [0, 1, 2, 3]) {
      yield { form, decoded: Buffer.from(run.slice(offset), form).toString("latin1") };
    }
  }
}

function* hexDecoded(run: string): Generator<Piece> {
  const digits = run.replaceAll(/[^0-9a-fA-F]/g, "");
  for (const offset of [0, 1])
    yield { form: "hex", decoded: Buffer.from(digits.slice(offset), "hex").toString("latin1") };
}

function joined(run: string): string {
  return Array.from(run.matchAll(character), (match) => unescaped(match[2] ?? "")).join("");
}

function fromBytes(bytes: readonly number[]): string {
  return Buffer.from(bytes).toString("latin1");
}

function fromHex(digits: string): number {
  return Number.parseInt(digits, 16);
}

function utf8(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}
