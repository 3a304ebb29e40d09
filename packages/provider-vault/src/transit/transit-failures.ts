import type { SourceFailure } from "@secretsource/core/source";
import { statusFailure } from "../answer/status-failures.ts";
import { textsIn, type VaultAnswer } from "../answer/vault-answer.ts";

const undecryptable: SourceFailure = {
  failure: "decryption-failed",
  advice: "The ciphertext is none of this key, was changed, or belongs to another context or other associated data.",
};
const tooOld: SourceFailure = {
  failure: "decryption-failed",
  advice: "The key's `min_decryption_version` is above the version that this was made with: lower it, then rewrap.",
};
const noKey: SourceFailure = { failure: "not-found", advice: "The engine has no such key: `vault list transit/keys`." };
const refused: SourceFailure = {
  failure: "invalid-request",
  advice: "The engine does not take this item: check what the key's type can do, and its context.",
};

/** Said of items that are none; what they are instead is not shown. */
export function unsound(needed: readonly string[]): SourceFailure {
  const parts = needed.map((name) => `\`${name}\``).join(" and ");
  const advice = `Give a list of items${parts === "" ? "" : ` with ${parts}`}, of texts and bytes alone: what a \`Secret\` holds comes out by \`reveal()\`.`;
  return { failure: "invalid-request", advice };
}

/** What the engine's text stands for. The text itself is never passed on: it may quote what it was given. */
export function itemFailure(error: string): SourceFailure {
  if (/disallowed by policy|too old/i.test(error)) return tooOld;
  if (/key not found|no existing key|no key/i.test(error)) return noKey;
  if (/authentication failed|invalid ciphertext|unable to decrypt|decryption/i.test(error)) return undecryptable;
  return refused;
}

/** What an answer without results stands for. */
export function callFailure(answer: VaultAnswer): SourceFailure {
  const { status, body } = answer;
  if (status !== 400) return statusFailure(answer);
  return { ...itemFailure(textsIn(body.errors)), native: { status } };
}
