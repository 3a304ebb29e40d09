import type { SourceFailure } from "../source/source-failure.ts";

const mayHaveMinted: ReadonlySet<string> = new Set(["unavailable", "timeout", "aborted", "unknown", "payload-corrupt"]);

// The request has not left this machine, or has not arrived.
const notSent: ReadonlySet<string | undefined> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);

/** The store's word that it has done nothing: 503 Service Unavailable. A gateway's 502 or 504 is no such word. */
const turnedDown = 503;

/**
 * True where a credential may have been made whose answer never came: it counts as one. A store's own no has made
 * none, nor has a request that never arrived.
 */
export function isAnswerLost({
  failure,
  native,
  madeNothing,
}: Pick<SourceFailure, "failure" | "native" | "madeNothing">): boolean {
  if (madeNothing === true || !mayHaveMinted.has(failure)) return false;
  if (failure !== "unavailable") return true;
  return native?.status !== turnedDown && !notSent.has(native?.code);
}
