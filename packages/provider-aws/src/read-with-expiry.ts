import type { SecretRecord, SecretRef, SourceFailure } from "@secretsource/core/source";
import { isFailure } from "./aws-call.ts";
import { describeParameter } from "./describe-parameter.ts";
import { expiresAt } from "./expiry-policy.ts";
import { parameterNameOf } from "./parameter-name.ts";
import { parameterStoreActions as actions } from "./parameter-store-actions.ts";
import type { ParameterStoreClients } from "./parameter-store-clients.ts";
import { readParameter } from "./read-parameter.ts";

/** As `readParameter`, with the end of an expiration policy from a DescribeParameters at the same time. */
export async function readWithExpiry(
  clients: ParameterStoreClients,
  ref: SecretRef,
  signal: AbortSignal,
): Promise<SecretRecord | SourceFailure> {
  const asked = parameterNameOf(ref.name);
  if (isFailure(asked)) return asked;
  // Neither can be described: a reference is no parameter, and the filter takes names alone.
  if (asked.isReference || asked.region !== undefined) return readParameter(clients, ref, signal);
  const [record, described] = await Promise.all([
    readParameter(clients, ref, signal),
    describeParameter(clients, asked.name, signal),
  ]);
  if (isFailure(record)) return record;
  if (isFailure(described)) return { ...record, warnings: [withoutDate] };
  // A policy goes with a version: between the two requests there may have been another one.
  if (String(described.Version) !== record.version) return record;
  const validUntil = expiresAt(described.Policies);
  return { ...record, ...(validUntil !== undefined && { validUntil }) };
}

const withoutDate = `The end of the parameter's validity is not known: \`${actions.describeParameters}\` failed, and may need to be granted.`;
