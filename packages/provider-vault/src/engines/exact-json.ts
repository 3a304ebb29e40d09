/** What a reviver is told besides since V8 11.4; the library's types do not have it yet. */
type Reviver = (this: unknown, key: string, value: unknown, context: { readonly source?: string }) => unknown;
type RawJson = typeof JSON & { rawJSON(text: string): unknown };

/**
 * JSON whose numbers are kept as they are written: the server keeps `12345678901234567890` and `1.10`, and a JavaScript
 * number would not. Everything but numbers is as `JSON.parse` gives it. `JSON.stringify` writes it again.
 *
 * @throws SyntaxError
 */
export function parseExactly(text: string): unknown {
  const keepNumbers: Reviver = (_key, value, { source }) =>
    typeof value === "number" && source !== undefined && source !== String(value)
      ? (JSON as RawJson).rawJSON(source)
      : value;
  return JSON.parse(text, keepNumbers as (key: string, value: unknown) => unknown);
}
