import type { SecretRecord, SecretRef, SourceFailure } from "@secretsource/core/source";
import { callAws, isFailure, requestIdOf } from "./aws-call.ts";
import { hasDeletionDate } from "./has-deletion-date.ts";
import { secretIdOf } from "./secret-id.ts";
import { deletedSecret } from "./secret-is-deleted.ts";
import { secretsManagerActions as actions } from "./secrets-manager-actions.ts";
import type { SecretsManagerClients } from "./secrets-manager-clients.ts";
import { toSecretRecord } from "./to-secret-record.ts";
import { versionInput, wrongStage } from "./version-selector.ts";

/** One version of one secret, by GetSecretValue. */
export async function readSecretValue(
  clients: SecretsManagerClients,
  { name, version }: SecretRef,
  signal: AbortSignal,
): Promise<SecretRecord | SourceFailure> {
  const secret = secretIdOf(name);
  if (isFailure(secret)) return secret;
  const selector = versionInput(version);
  if (isFailure(selector)) return selector;
  const answer = await callAws(actions.getSecretValue, signal, async (options) =>
    (await clients.of(secret.region)).getSecretValue({ SecretId: secret.id, ...selector }, options),
  );
  if (!isFailure(answer)) {
    return secret.mismatch(answer) ?? wrongStage(version, answer) ?? toSecretRecord(answer, requestIdOf(answer));
  }
  const mayBeDeleted = answer.native?.name === "InvalidRequestException" && answer.failure !== "deleted";
  return mayBeDeleted && (await hasDeletionDate(clients, secret, signal)) ? { ...answer, ...deletedSecret } : answer;
}
