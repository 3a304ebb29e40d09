import type { SecretRecord, SourceFailure } from "@secretsource/core/source";
import { durationMs } from "./error-details.ts";
import { gcpCalls } from "./gcp-call.ts";
import { isFailure } from "./is-failure.ts";
import type { SecretFacts, Timestamp } from "./secret-manager-methods.ts";

/** A record with what the secret itself says: when it is to be rotated and expires, and what it is labelled with. */
export function withSecretDetails(
  record: SecretRecord,
  secret: SecretFacts | SourceFailure,
  isCurrent: boolean,
): SecretRecord {
  if (isFailure(secret)) return { ...record, warnings: [...(record.warnings ?? []), withoutDetails] };
  const { expireTime, rotation, versionDestroyTtl, labels, annotations } = secret;
  const validUntil = epochMs(expireTime);
  const rotatesAt = epochMs(rotation?.nextRotationTime);
  // When it is overdue, nobody knows.
  const inMs = rotatesAt === undefined ? 0 : rotatesAt - Date.now();
  const destroyMs = durationMs(versionDestroyTtl ?? undefined);
  return {
    ...record,
    ...(validUntil !== undefined && { validUntil }),
    ...(isCurrent && inMs > 0 && { changesInMs: inMs }),
    metadata: {
      ...prefixed("annotation.", annotations),
      ...prefixed("label.", labels),
      ...(rotatesAt !== undefined && { nextRotation: isoDate(rotatesAt) }),
      ...(validUntil !== undefined && { expires: isoDate(validUntil) }),
      ...(destroyMs !== undefined && { versionDestroyDelay: `${Math.round(destroyMs / 1000)}s` }),
      ...record.metadata,
    },
  };
}

/** Undefined for what is no time. */
function epochMs(timestamp: Timestamp | null | undefined): number | undefined {
  if (timestamp === null || timestamp === undefined) return undefined;
  const ms = Number(String(timestamp.seconds ?? 0)) * 1000 + Math.floor((timestamp.nanos ?? 0) / 1e6);
  return Number.isSafeInteger(ms) && Math.abs(ms) <= 8.64e15 ? ms : undefined;
}

function isoDate(ms: number): string {
  return new Date(ms).toISOString();
}

function prefixed(
  prefix: string,
  entries: Readonly<Record<string, string>> | null | undefined,
): Record<string, string> {
  return Object.fromEntries(Object.entries(entries ?? {}).map(([key, value]) => [`${prefix}${key}`, String(value)]));
}

const withoutDetails = `The secret's rotation, expiry and labels are not known: \`${gcpCalls.getSecret.permission}\` failed, and may need to be granted.`;
