import type { SecretRecord, SecretRef, SourceFailure } from "@secretsource/core/source";
import { callAws, isFailure } from "./aws-call.ts";
import { readSecretValue } from "./read-secret-value.ts";
import { changesInMs, rotationMetadata } from "./rotation-dates.ts";
import { secretIdOf } from "./secret-id.ts";
import { secretsManagerActions as actions } from "./secrets-manager-actions.ts";
import type { SecretsManagerClients } from "./secrets-manager-clients.ts";
import { versionIn } from "./version-selector.ts";

/** As `readSecretValue`, with the dates of the last and the next rotation from a DescribeSecret at the same time. */
export async function readWithRotation(
  clients: SecretsManagerClients,
  ref: SecretRef,
  signal: AbortSignal,
): Promise<SecretRecord | SourceFailure> {
  const secret = secretIdOf(ref.name);
  if (isFailure(secret)) return secret;
  const [record, description] = await Promise.all([
    readSecretValue(clients, ref, signal),
    callAws(actions.describeSecret, signal, async (options) =>
      (await clients.of(secret.region)).describeSecret({ SecretId: secret.id }, options),
    ),
  ]);
  if (isFailure(record)) return record;
  if (isFailure(description)) return { ...record, warnings: [withoutDates] };
  // Between the two the secret may have been rotated: dates of another version say nothing of this one.
  if (versionIn(description.VersionIdsToStages, ref.version) !== record.version) return record;
  const inMs = ref.version === "current" ? changesInMs(description) : undefined;
  const metadata = { ...record.metadata, ...rotationMetadata(description) };
  return { ...record, metadata, ...(inMs !== undefined && { changesInMs: inMs }) };
}

const withoutDates = `The rotation's dates are not known: \`${actions.describeSecret}\` failed, and may need to be granted.`;
