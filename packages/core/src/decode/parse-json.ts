/** JSON, or undefined where the text is not JSON. The parser's own error quotes its input and is dropped. */
export function parseJson(text: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** True for a JSON object or array, the only shapes that are taken for JSON without being asked to. */
export function isJsonContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
