import type { SourceFailure } from "@secretsource/core/source";
import { SecretsError } from "@secretsource/core/source-kit";
import type { VaultAnswer } from "../answer/vault-answer.ts";
import type { Connection } from "../connection/connection.ts";
import { pathProblem } from "../connection/segments.ts";
import { vaultDefaults } from "../defaults.ts";
import { withTimeLimit } from "../token/with-time-limit.ts";

export interface TransitCallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** One request, within its time limit. There is no second attempt. @throws SecretsError */
export async function transitCall(
  connection: Connection,
  path: readonly string[],
  body: object,
  { signal }: TransitCallOptions = {},
): Promise<VaultAnswer> {
  const key: unknown = path.at(-1);
  if (typeof key !== "string" || key.includes("/") || pathProblem(key) !== undefined) {
    throw transitError({ failure: "invalid-request", advice: "No key has such a name." }, "?");
  }
  const limit = { clock: connection.clock, ms: vaultDefaults.transitMs, end: signal ?? new AbortController().signal };
  const answer = await withTimeLimit(limit, (within) =>
    connection.call({ method: "POST", path, body, needs: "update" }, within),
  );
  if (answer.failure !== undefined) throw transitError(answer, key);
  return answer;
}

export function transitError({ failure, advice, native }: SourceFailure, key: string): SecretsError {
  return new SecretsError({
    code: failure,
    source: "vault-transit",
    secretName: key,
    advice,
    cause: native,
    attempts: 1,
  });
}
