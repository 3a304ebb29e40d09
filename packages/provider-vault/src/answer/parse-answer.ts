import type { SourceFailure } from "@secretsource/core/source";
import type { HttpAnswer } from "../transport/http-message.ts";
import { statusFailure } from "./status-failures.ts";
import { type Asked, isSuccess, objectIn, textsIn, type VaultAnswer, type VaultBody } from "./vault-answer.ts";

const notOurs =
  "What answered is not a Vault or OpenBao server: check the address, and what stands between (a proxy, a login page).";
const withoutServer =
  "The agent or proxy at the address has no answer of the server: look at its log, and whether the server runs.";

/** Every answer of the server is a JSON object, or empty. Whatever else arrives is not its word. */
export function parseAnswer(answer: HttpAnswer, asked: Asked): VaultAnswer | SourceFailure {
  const { status, text } = answer;
  if (text.trim() === "" && isSuccess(answer)) return { ...answer, asked, body: {} };
  const body = objectIn(parsed(text));
  if (body !== undefined && (isSuccess(answer) || Array.isArray(body.errors) || "data" in body)) {
    return isWithoutServer(status, body) ? strange(status, withoutServer) : { ...answer, asked, body };
  }
  if (isSuccess(answer)) return { failure: "payload-corrupt", advice: notOurs, native: { status } };
  const failure = statusFailure({ ...answer, asked, body: body ?? {} });
  if (status >= 500 && !saysHealth(body)) return { ...failure, failure: "unavailable", advice: standsBefore(status) };
  // An absence, a denial or a mistake of ours is only believed if the server itself says so.
  const isOutage = failure.failure === "throttled" || failure.failure === "unavailable";
  return isOutage ? failure : strange(status, notOurs);
}

function strange(status: number, advice: string): SourceFailure {
  return { failure: "unavailable", advice, native: { status } };
}

/** Every error of the server is JSON with `errors`: pages, texts and empty answers are those of load balancers. */
function standsBefore(status: number): string {
  return `Something before the server answered with ${status}, a load balancer or a proxy: the server itself may be down. Look whether it runs, and at the log of what answered.`;
}

/** The server's answer about its health, which a load balancer may pass on for any path, has no `errors`. */
function saysHealth(body: VaultBody | undefined): boolean {
  return typeof body?.sealed === "boolean";
}

/** In the server's form, and not its word: a request whose answer was lost so may have made a credential. */
function isWithoutServer(status: number, { errors }: VaultBody): boolean {
  return status === 500 && /^failed to get the response\b/.test(textsIn(errors));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
