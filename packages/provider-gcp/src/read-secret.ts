import type { SecretRecord, SecretRef, SourceFailure } from "@secretsource/core/source";
import { mayBeOlder, type Newest, newestEnabledNumber, previousNumber } from "./find-version.ts";
import { isFailure } from "./is-failure.ts";
import type { SecretCalls } from "./secret-calls.ts";
import { toSecretRecord } from "./to-secret-record.ts";
import { versionPartOf } from "./version-selector.ts";

export async function readSecret(
  calls: SecretCalls,
  { version }: SecretRef,
  newest: Newest,
): Promise<SecretRecord | SourceFailure> {
  const asked = versionPartOf(version);
  if (isFailure(asked)) return asked;
  if (asked === "previous") {
    const number = await previousNumber(calls, newest);
    return isFailure(number) ? number : readVersion(calls, number);
  }
  const record = await readVersion(calls, asked.part);
  if (!isFailure(record) || !mayBeOlder(version, newest, record)) return record;
  const number = await newestEnabledNumber(calls, record);
  return isFailure(number) ? number : readVersion(calls, number);
}

async function readVersion(calls: SecretCalls, part: string): Promise<SecretRecord | SourceFailure> {
  const answer = await calls.access(part);
  return isFailure(answer) ? answer : toSecretRecord(answer, calls.path, part);
}
