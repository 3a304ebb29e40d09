import type { SourceFailure } from "@secretsource/core/source";
import { objectIn, secondsIn, textIn, type VaultAnswer } from "../answer/vault-answer.ts";
import type { VaultToken } from "../auth/vault-login.ts";
import { isHeaderText } from "../options/checks.ts";

const noToken: SourceFailure = {
  failure: "payload-corrupt",
  advice: "The server's answer to the login holds no token.",
};

/** The token in the answer to a login or to a renewal. */
export function tokenIn({ body }: VaultAnswer): VaultToken | SourceFailure {
  const auth = objectIn(body.auth);
  const value = textIn(auth?.client_token);
  if (auth === undefined || value === undefined || !isHeaderText(value)) return noToken;
  const isBatch = auth.token_type === "batch";
  return {
    value,
    ...lifeOf(auth.lease_duration),
    // A batch token says `renewable` at times, and cannot be renewed nor revoked.
    renewable: auth.renewable === true && !isBatch,
    revocable: !isBatch,
  };
}

/** What a login has come to, if that is what a login may come to: anybody can write one. */
export function tokenGiven(given: unknown, method: string): VaultToken | SourceFailure {
  const { failure, value } = objectIn(given) ?? {};
  if (typeof failure === "string" || (typeof value === "string" && isHeaderText(value))) {
    return given as VaultToken | SourceFailure;
  }
  const advice = `The ${method} login gave no token: one is a text without blanks, and without a line end.`;
  return { failure: "unauthenticated", advice };
}

/** What a look-up says of a token that somebody else made. */
export function tokenLookedUp(value: string, { body }: VaultAnswer): VaultToken | SourceFailure {
  const data = objectIn(body.data);
  if (data === undefined) return { failure: "payload-corrupt", advice: "The look-up of the token has no answer." };
  const isBatch = data.type === "batch";
  return { value, ...lifeOf(data.ttl), renewable: data.renewable === true && !isBatch, revocable: false };
}

/** 0 is for ever: root tokens. */
function lifeOf(seconds: unknown): { readonly ttlMs?: number } {
  const ttlMs = secondsIn(seconds);
  return ttlMs === undefined || ttlMs === 0 ? {} : { ttlMs };
}
