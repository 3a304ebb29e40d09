import type { SecretRecord, SecretRef, SourceFailure } from "@secretsource/core/source";
import { mayBeOlder, type Newest, newestEnabledNumber, previousNumber } from "./find-version.ts";
import { isFailure } from "./is-failure.ts";
import type { SecretRequests } from "./secret-requests.ts";
import { toSecretRecord } from "./to-secret-record.ts";
import { versionPartOf } from "./version-selector.ts";

export async function readSecret(
  requests: SecretRequests,
  { version }: SecretRef,
  newest: Newest,
): Promise<SecretRecord | SourceFailure> {
  const asked = versionPartOf(version);
  if (isFailure(asked)) return asked;
  if (asked === "previous") {
    const number = await previousNumber(requests, newest);
    return isFailure(number) ? number : readVersion(requests, number);
  }
  const record = await readVersion(requests, asked.part);
  if (!isFailure(record) || !mayBeOlder(version, newest, record)) return record;
  const number = await newestEnabledNumber(requests, record);
  return isFailure(number) ? number : readVersion(requests, number);
}

async function readVersion(requests: SecretRequests, part: string): Promise<SecretRecord | SourceFailure> {
  const answer = await requests.access(part);
  return isFailure(answer) ? answer : toSecretRecord(answer, requests.path, part);
}
