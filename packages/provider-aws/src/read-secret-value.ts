import type { SecretRecord, SecretRef, SourceFailure, VersionSelector } from "@secretsource/core/source";
import { callAws, isFailure, requestIdOf } from "./aws-call.ts";
import { noSuchVersion } from "./missing-version.ts";
import { sameVersion } from "./same-version.ts";
import { type SecretId, secretIdOf } from "./secret-id.ts";
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
    const refused = secret.mismatch(answer) ?? wrongStage(version, answer);
    return refused ?? sameVersion(version, toSecretRecord(answer, requestIdOf(answer)));
  }
  return madeSure(answer, secret, version, clients, signal);
}

/** The service tells by words alone what is missing, or deleted: where they say less than that, the description does. */
async function madeSure(
  failure: SourceFailure,
  secret: SecretId,
  version: VersionSelector,
  clients: SecretsManagerClients,
  signal: AbortSignal,
): Promise<SourceFailure> {
  const mayBeThere = failure.failure === "not-found" && version !== "current";
  const mayBeDeleted = failure.failure === "invalid-request" && failure.native?.name === "InvalidRequestException";
  if (!mayBeThere && !mayBeDeleted) return failure;
  const description = await callAws(actions.describeSecret, signal, async (options) =>
    (await clients.of(secret.region)).describeSecret({ SecretId: secret.id }, options),
  );
  if (isFailure(description)) return failure;
  if (description.DeletedDate !== undefined) return { ...failure, ...deletedSecret };
  return mayBeThere ? { ...failure, ...noSuchVersion } : failure;
}
