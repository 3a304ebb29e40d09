import type { SourceFailure } from "@secretsource/core/source";
import { isMissingNamespace, isUnmounted, statusFailure } from "../answer/status-failures.ts";
import { textsIn, type VaultAnswer } from "../answer/vault-answer.ts";
import { refusalWords } from "./refusal-words.ts";

/**
 * What an answer to a login stands for that is no success. Bad credentials are 400 in some methods and 403 in others; a path
 * that needs no token only where something is mounted there is 403 where nothing is (400 in older versions of Vault).
 */
export function loginRefusal(answer: VaultAnswer, method: string, path: readonly string[]): SourceFailure {
  const { status } = answer;
  const where = path.slice(0, -1).join("/");
  const outage = refusalWords(method, where)?.outage;
  if (outage?.[0].test(textsIn(answer.body.errors))) {
    return { failure: "unavailable", advice: outage[1], native: { status } };
  }
  const advice = isMissingNamespace(answer) ? statusFailure(answer).advice : refusalAdvice(answer, method, where);
  if (advice === undefined) return statusFailure(answer);
  return { failure: "unauthenticated", advice, native: { status } };
}

/** Undefined where it is none. */
function refusalAdvice(answer: VaultAnswer, method: string, where: string): string | undefined {
  const { status, body } = answer;
  const words = refusalWords(method, where);
  const texts = textsIn(body.errors);
  const mount = words === undefined ? "check where it is mounted" : `check \`mount\` of ${words.factory}`;
  const refused = `The server refuses the ${method} login at ${where}`;
  if (isUnmounted(answer) || /^missing client token$/m.test(texts)) {
    return `No ${method} login is mounted at ${where}: ${mount} and the namespace.`;
  }
  // What our login always sends is missing to another method alone.
  if (words !== undefined && isOfAnother(method, texts)) return `Another method is mounted at ${where}: ${mount}.`;
  const known = words?.known.find(([pattern]) => pattern.test(texts));
  if (known !== undefined) return `${refused}: ${known[1]}`;
  if (status === 403) {
    const besides = words === undefined ? "it takes neither the role nor the credentials" : words.denied;
    return `${refused} by 403. Either nothing is mounted there: ${mount} and the namespace. Or ${besides ?? "a policy of the server denies it"}.`;
  }
  const { failure } = statusFailure(answer);
  if (failure !== "invalid-request" && failure !== "not-found") return undefined;
  return `${refused}: ${words?.otherwise ?? "check the role, what it is bound to, and the credentials."}`;
}

function isOfAnother(method: string, texts: string): boolean {
  return (method === "approle" ? /^missing (?:role|token|jwt)$/m : /^missing (?:role|role_id|token|jwt)$/m).test(texts);
}
