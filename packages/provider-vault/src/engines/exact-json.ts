/** What a reviver is told besides since V8 11.4; the library's types do not have it yet. */
type Reviver = (this: unknown, key: string, value: unknown, context: { readonly source?: string }) => unknown;
type RawJson = typeof JSON & { rawJSON(text: string): unknown };

/**
 * A number that JavaScript may write in another way: of 16 digits, with a fraction, an exponent, or minus nought. It stands at
 * the start, behind a key or in a list; what looks like one within a text only costs time.
 */
const inexact = /(?:^|"\s*:|[,[])\s*(?:-0|-?\d{16}|-?\d+[.eE])/;

/**
 * JSON whose numbers are kept as they are written: the server keeps `12345678901234567890` and `1.10`, and a JavaScript
 * number would not. Everything but numbers is as `JSON.parse` gives it. `JSON.stringify` writes it again.
 *
 * @throws SyntaxError
 */
export function parseExactly(text: string): unknown {
  // Most answers hold no such number, and to be asked about each value costs more than all the rest of the parsing.
  if (!inexact.test(text)) return JSON.parse(text);
  const keepNumbers: Reviver = (_key, value, { source }) =>
    typeof value === "number" && source !== undefined && source !== String(value)
      ? (JSON as RawJson).rawJSON(source)
      : value;
  return JSON.parse(text, keepNumbers as (key: string, value: unknown) => unknown);
}
