import type { SecretRef, SourceFailure, SourceProbe } from "@secretsource/core/source";
import { callAws, isFailure } from "./aws-call.ts";
import { noSuchVersion } from "./missing-version.ts";
import { changesInMs } from "./rotation-dates.ts";
import { secretIdOf } from "./secret-id.ts";
import { deletedSecret } from "./secret-is-deleted.ts";
import { secretsManagerActions as actions } from "./secrets-manager-actions.ts";
import type { SecretsManagerClients } from "./secrets-manager-clients.ts";
import { versionIn } from "./version-selector.ts";

/** Which version it is now, by DescribeSecret: no value travels, and no key is used. */
export async function probeSecret(
  clients: SecretsManagerClients,
  { name, version }: SecretRef,
  signal: AbortSignal,
): Promise<SourceProbe | SourceFailure> {
  const secret = secretIdOf(name);
  if (isFailure(secret)) return secret;
  const answer = await callAws(actions.describeSecret, signal, async (options) =>
    (await clients.of(secret.region)).describeSecret({ SecretId: secret.id }, options),
  );
  if (isFailure(answer)) return answer;
  const refused = secret.mismatch(answer) ?? (answer.DeletedDate === undefined ? undefined : deletedSecret);
  if (refused !== undefined) return refused;
  const id = versionIn(answer.VersionIdsToStages, version);
  if (id === undefined) return noSuchVersion;
  const inMs = version === "current" ? changesInMs(answer) : undefined;
  return { version: id, ...(inMs !== undefined && { changesInMs: inMs }) };
}
