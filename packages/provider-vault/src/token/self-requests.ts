import type { SourceFailure } from "@secretsource/core/source";
import { statusFailure } from "../answer/status-failures.ts";
import { isSuccess, type VaultAnswer } from "../answer/vault-answer.ts";
import type { VaultToken } from "../auth/vault-login.ts";
import type { VaultWire } from "../connection/vault-wire.ts";
import { tokenIn } from "./vault-token.ts";

type Sent = VaultAnswer | SourceFailure;

function onSelf(wire: VaultWire, what: string, token: string | undefined, signal: AbortSignal): Promise<Sent> {
  const method = what === "lookup-self" ? "GET" : "POST";
  return wire.send({ method, path: ["auth", "token", what], token, signal, ...(method === "POST" && { body: {} }) });
}

/** For as long as its role says. */
export async function renewSelf(
  wire: VaultWire,
  token: string,
  signal: AbortSignal,
): Promise<VaultToken | SourceFailure> {
  const answer = await onSelf(wire, "renew-self", token, signal);
  if (answer.failure !== undefined) return answer;
  if (isSuccess(answer)) return tokenIn(answer);
  return answer.status === 403 ? { failure: "access-denied" } : statusFailure(answer);
}

export async function revokeSelf(wire: VaultWire, token: string, signal: AbortSignal): Promise<Sent> {
  return onSelf(wire, "revoke-self", token, signal);
}

/** A look at our own token; without one, at that of the agent. */
export function lookUpSelf(wire: VaultWire, token: string | undefined, signal: AbortSignal): Promise<Sent> {
  return onSelf(wire, "lookup-self", token, signal);
}
