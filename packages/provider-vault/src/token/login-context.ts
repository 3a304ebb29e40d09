import type { SourceFailure } from "@secretsource/core/source";
import { isMissingNamespace, statusFailure } from "../answer/status-failures.ts";
import { isSuccess, objectIn } from "../answer/vault-answer.ts";
import type { LoginContext } from "../auth/vault-login.ts";
import type { VaultWire } from "../connection/vault-wire.ts";
import { loginRefusal } from "./login-refusal.ts";
import { tokenIn, tokenLookedUp } from "./vault-token.ts";

const lookUpPath = ["auth", "token", "lookup-self"];

export function loginContext(wire: VaultWire, method: string, signal: AbortSignal): LoginContext {
  return {
    signal,
    async logIn(path, body) {
      const answer = await wire.send({ method: "POST", path, body, signal });
      if (answer.failure !== undefined) return answer;
      return isSuccess(answer) ? tokenIn(answer) : loginRefusal(answer, method, path);
    },
    async lookUp(value) {
      const answer = await wire.send({ method: "GET", path: lookUpPath, token: value, signal });
      if (answer.failure !== undefined) return answer;
      if (isSuccess(answer)) return tokenLookedUp(value, answer);
      return answer.status === 403 ? unknownToken : statusFailure(answer);
    },
    async request(request) {
      const answer = await wire.send({ ...request, signal });
      if (answer.failure !== undefined) return answer;
      const failure = isSuccess(answer) ? undefined : statusFailure(answer);
      if (failure !== undefined && isMissingNamespace(answer)) return { ...failure, failure: "unauthenticated" };
      if (failure !== undefined && (failure.failure === "unavailable" || failure.failure === "throttled"))
        return failure;
      return { status: answer.status, data: objectIn(answer.body.data) };
    },
  };
}

const unknownToken: SourceFailure = {
  failure: "unauthenticated",
  advice: "The server does not know the token: it has expired, was revoked, or belongs to another server or namespace.",
  native: { status: 403 },
};
