import type { ParsedEntries } from "./parsed-entries.ts";

const quotes = "\"'`";
// Wider than a shell's: secrets have names such as `production/myapp/db`.
const assignment = /[ \t]*(?:export[ \t]+)?([\w./@+:-]+)[ \t]*=[ \t]*/y;
const blankOrComment = /[ \t]*(?:#[^\n]*)?(?![^\n])/y;
const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", "\\": "\\", '"': '"', $: "$" };

/**
 * Parses a dotenv file. Pure and total.
 *
 * `NAME=value` or `export NAME=value`, one a line; blank lines and `#` comments between and behind. A value in single
 * quotes or backticks is literal, in double quotes `\n \r \t \\ \" \$` are escapes; quoted values may span lines. An
 * unquoted value ends at a `#` behind a blank. Variables are not expanded. Line ends become `\n`.
 *
 * Refused, because loaders differ on them or silently lose something: a quote that is not closed, text behind a closing
 * quote, an unquoted `#` that is not behind a blank, a name that stands there twice, a line that is no assignment.
 */
export function parseDotenv(text: string): ParsedEntries {
  const source = text.replace(/^\ufeff/, "").replaceAll(/\r\n?/g, "\n");
  const entries = new Map<string, string>();
  let offset = 0;
  let line = 1;
  while (offset < source.length) {
    const blank = matchAt(blankOrComment, source, offset);
    if (blank !== undefined) {
      offset += blank[0].length + 1;
      line += 1;
      continue;
    }
    const start = matchAt(assignment, source, offset);
    if (start === undefined) return { line, reason: "there is no NAME=value" };
    const name = start[1] ?? "";
    if (entries.has(name)) return { line, reason: "a name is given a second time" };
    const value = readValue(source, offset + start[0].length);
    if (value.reason !== undefined) return { line: line + value.linesDown, reason: value.reason };
    entries.set(name, value.text);
    line += newlines(source.slice(offset, value.end)) + 1;
    offset = value.end + 1;
  }
  return { entries };
}

type Value =
  | { readonly text: string; readonly end: number; readonly reason?: undefined }
  | { readonly reason: string; readonly linesDown: number };

/** `end` is where the line ends on which the value ends. */
function readValue(source: string, start: number): Value {
  const quote = source.charAt(start);
  return quote !== "" && quotes.includes(quote) ? readQuoted(source, start, quote) : readUnquoted(source, start);
}

function readQuoted(source: string, start: number, quote: string): Value {
  const close = closingQuote(source, start + 1, quote);
  if (close === undefined) return { reason: "a quote is opened and never closed", linesDown: 0 };
  const raw = source.slice(start + 1, close);
  const tail = matchAt(blankOrComment, source, close + 1);
  if (tail === undefined) return { reason: "there is text behind the closing quote", linesDown: newlines(raw) };
  const text = quote === '"' ? raw.replaceAll(/\\([\s\S])/g, (both, letter: string) => escapes[letter] ?? both) : raw;
  return { text, end: close + 1 + tail[0].length };
}

function closingQuote(source: string, from: number, quote: string): number | undefined {
  for (let at = from; at < source.length; at += 1) {
    if (source.charAt(at) === quote) return at;
    if (quote === '"' && source.charAt(at) === "\\") at += 1;
  }
  return undefined;
}

function readUnquoted(source: string, start: number): Value {
  const lineEnd = source.indexOf("\n", start);
  const end = lineEnd === -1 ? source.length : lineEnd;
  const hash = source.slice(start, end).indexOf("#");
  const stop = hash === -1 ? end : start + hash;
  if (hash !== -1 && !isBlank(source.charAt(stop - 1))) {
    return { reason: "an unquoted value holds a `#`: put the value into quotes", linesDown: 0 };
  }
  return { text: withoutFinalBlanks(source.slice(start, stop)), end };
}

// By hand: a pattern would try every run of blanks from each of its characters.
function withoutFinalBlanks(text: string): string {
  let length = text.length;
  while (length > 0 && isBlank(text.charAt(length - 1))) length -= 1;
  return text.slice(0, length);
}

function isBlank(character: string): boolean {
  return character === " " || character === "\t";
}

function matchAt(pattern: RegExp, source: string, offset: number): RegExpExecArray | undefined {
  pattern.lastIndex = offset;
  return pattern.exec(source) ?? undefined;
}

function newlines(text: string): number {
  return text.split("\n").length - 1;
}
