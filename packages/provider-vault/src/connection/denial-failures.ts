import type { SourceFailure } from "@secretsource/core/source";
import type { VaultCall } from "./vault-call.ts";

const native = { status: 403 };

/** Only a policy that allows the path lets the server say that there is nothing. */
const ifItExists = " A path that does not exist is denied in the same way: check it first.";

export function deniedFailure({ needs, path }: VaultCall, isBlind: boolean): SourceFailure {
  const rule = `Grant the policy of the token or role \`${needs}\` on \`${path.join("/")}\`.${path[0] === "sys" ? "" : ifItExists}`;
  const blind = " Grant `read` on `auth/token/lookup-self` too: without it a dead token looks like a denial.";
  return { failure: "access-denied", advice: isBlind ? rule + blind : rule, native };
}

const advices: Readonly<Record<string, string>> = {
  agent: "The server does not know the agent's token: look at the agent's log and its `auto_auth`.",
  token:
    "The server does not know the token that `token()` was given in code: it has expired or was revoked. Give it a new one; appRole(), kubernetes() and the other logins come to new ones by themselves.",
  "token-variable":
    "The server does not know the token: it has expired or was revoked. Set VAULT_TOKEN (or BAO_TOKEN, which goes before it) anew and restart.",
  "token-file":
    "The server does not know the token in the file: whoever writes it (an agent) has not written a new one.",
};

/** The server says the same to a dead token and to one that may not look itself up. */
const unlessItLives =
  " If it lives all the same, grant it `read` on `auth/token/lookup-self`: without that a denial looks like a dead token.";

export function refusedTokenFailure(method: string): SourceFailure {
  const advice = advices[method];
  if (advice !== undefined) return { failure: "unauthenticated", advice: advice + unlessItLives, native };
  return {
    failure: "unauthenticated",
    advice: `The ${method} login gave a token that the server does not know.`,
    native,
  };
}
