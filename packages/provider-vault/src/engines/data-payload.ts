import type { SourceFailure } from "@secretsource/core/source";
import { objectIn, type VaultAnswer } from "../answer/vault-answer.ts";
import { parseExactly } from "./exact-json.ts";

/** The JSON text of an answer's `data`, with numbers as they were written. */
export function dataPayload({
  text,
}: VaultAnswer): { readonly payload: string; readonly failure?: undefined } | SourceFailure {
  try {
    const data = objectIn(objectIn(parseExactly(text))?.data);
    if (data !== undefined) return { payload: JSON.stringify(data) };
  } catch {
    // Nested deeper than the stack is.
  }
  return { failure: "payload-corrupt", advice: "The server's answer holds no data: check `mount` and the name." };
}
