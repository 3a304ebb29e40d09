import type { SourceFailure } from "@secretsource/core/source";
import { objectIn, type VaultAnswer } from "../answer/vault-answer.ts";
import { parseExactly } from "./exact-json.ts";

type Payload = { readonly payload: string; readonly failure?: undefined };

/**
 * The JSON text of an answer's `data`, with numbers as they were written.
 *
 * @param besides Fields that are left out: what is another at every read would look like another secret.
 */
export function dataPayload({ text }: VaultAnswer, besides: readonly string[] = []): Payload | SourceFailure {
  try {
    const data = objectIn(objectIn(parseExactly(text))?.data);
    if (data !== undefined) {
      const kept = Object.entries(data).filter(([name]) => !besides.includes(name));
      return { payload: JSON.stringify(besides.length === 0 ? data : Object.fromEntries(kept)) };
    }
  } catch {
    // Nested deeper than the stack is.
  }
  return { failure: "payload-corrupt", advice: "The server's answer holds no data: check `mount` and the name." };
}
