import type { SourceFailure } from "@secretsource/core/source";
import type { VaultCall } from "./vault-call.ts";

const native = { status: 403 };

export function deniedFailure({ needs, path }: VaultCall, isBlind: boolean): SourceFailure {
  const rule = `Grant the policy of the token or role \`${needs}\` on \`${path.join("/")}\`.`;
  const blind = " Grant `read` on `auth/token/lookup-self` too: without it a dead token looks like a denial.";
  return { failure: "access-denied", advice: isBlind ? rule + blind : rule, native };
}

const advices: Readonly<Record<string, string>> = {
  agent: "The server does not know the agent's token: look at the agent's log and its `auto_auth`.",
  token: "The server does not know the token: it has expired or was revoked. Set VAULT_TOKEN anew and restart.",
  "token-file":
    "The server does not know the token in the file: whoever writes it (an agent) has not written a new one.",
};

export function refusedTokenFailure(method: string): SourceFailure {
  const advice = advices[method] ?? `The ${method} login gave a token that the server does not know.`;
  return { failure: "unauthenticated", advice, native };
}
