import type { SourceFailure } from "@secretsource/core/source";
import type { HttpAnswer } from "../transport/http-message.ts";
import { statusFailure } from "./status-failures.ts";
import { isSuccess, objectIn, type VaultAnswer } from "./vault-answer.ts";

const notOurs =
  "What answered is not a Vault or OpenBao server: check the address, and what stands between (a proxy, a login page).";

/** Every answer of the server is a JSON object, or empty. Whatever else arrives is not its word. */
export function parseAnswer(answer: HttpAnswer): VaultAnswer | SourceFailure {
  const { status, text } = answer;
  if (text.trim() === "" && isSuccess(answer)) return { ...answer, body: {} };
  const body = objectIn(parsed(text));
  if (body !== undefined && (isSuccess(answer) || Array.isArray(body.errors) || "data" in body)) {
    return { ...answer, body };
  }
  if (isSuccess(answer)) return { failure: "payload-corrupt", advice: notOurs, native: { status } };
  const failure = statusFailure({ ...answer, body: body ?? {} });
  // An absence, a denial or a mistake of ours is only believed if the server itself says so.
  const isOutage = failure.failure === "throttled" || failure.failure === "unavailable";
  return isOutage ? failure : { failure: "unavailable", advice: notOurs, native: { status } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
