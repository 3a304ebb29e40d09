import { callAws, isFailure } from "./aws-call.ts";
import type { SecretId } from "./secret-id.ts";
import { secretsManagerActions as actions } from "./secrets-manager-actions.ts";
import type { SecretsManagerClients } from "./secrets-manager-clients.ts";

/** Asks for the date, where a request was refused in words that we do not know. False too where we may not ask. */
export async function hasDeletionDate(
  clients: SecretsManagerClients,
  secret: SecretId,
  signal: AbortSignal,
): Promise<boolean> {
  const answer = await callAws(actions.describeSecret, signal, async (options) =>
    (await clients.of(secret.region)).describeSecret({ SecretId: secret.id }, options),
  );
  return !isFailure(answer) && answer.DeletedDate !== undefined;
}
