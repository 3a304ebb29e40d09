import type { SecretRef, SourceFailure, SourceProbe } from "@secretsource/core/source";
import { mayBeOlder, type Newest, newestEnabledNumber, previousNumber } from "./find-version.ts";
import { garbled } from "./foreign-answers.ts";
import { isFailure } from "./is-failure.ts";
import type { SecretRequests } from "./secret-requests.ts";
import { versionNumberIn } from "./version-number.ts";
import { versionPartOf } from "./version-selector.ts";
import { stateFailure, versionStateOf } from "./version-states.ts";

/** Which version a read would give, by GetSecretVersion: no value travels. */
export async function probeSecret(
  requests: SecretRequests,
  { version }: SecretRef,
  newest: Newest,
): Promise<SourceProbe | SourceFailure> {
  const asked = versionPartOf(version);
  if (isFailure(asked)) return asked;
  const number =
    asked === "previous" ? await previousNumber(requests, newest) : await usableNumber(requests, asked.part);
  if (!isFailure(number)) return { version: number };
  if (!mayBeOlder(version, newest, number)) return number;
  const older = await newestEnabledNumber(requests, number);
  return isFailure(older) ? older : { version: older };
}

async function usableNumber(requests: SecretRequests, part: string): Promise<string | SourceFailure> {
  const facts = await requests.version(part);
  if (isFailure(facts)) return facts;
  const number = versionNumberIn(facts.name, requests.path);
  const state = versionStateOf(facts.state);
  if (number === undefined || state === undefined) return garbled;
  return stateFailure(state) ?? number;
}
