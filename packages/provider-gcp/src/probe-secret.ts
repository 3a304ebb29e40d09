import type { SecretRef, SourceFailure, SourceProbe } from "@secretsource/core/source";
import { mayBeOlder, type Newest, newestEnabledNumber, previousNumber } from "./find-version.ts";
import { garbled } from "./foreign-answers.ts";
import { isFailure } from "./is-failure.ts";
import type { SecretCalls } from "./secret-calls.ts";
import { versionNumberIn } from "./version-number.ts";
import { versionPartOf } from "./version-selector.ts";
import { stateFailure, versionStateOf } from "./version-states.ts";

/** Which version a read would give, by GetSecretVersion: no value travels. */
export async function probeSecret(
  calls: SecretCalls,
  { version }: SecretRef,
  newest: Newest,
): Promise<SourceProbe | SourceFailure> {
  const asked = versionPartOf(version);
  if (isFailure(asked)) return asked;
  const number = asked === "previous" ? await previousNumber(calls, newest) : await usableNumber(calls, asked.part);
  if (!isFailure(number)) return { version: number };
  if (!mayBeOlder(version, newest, number)) return number;
  const older = await newestEnabledNumber(calls, number);
  return isFailure(older) ? older : { version: older };
}

async function usableNumber(calls: SecretCalls, part: string): Promise<string | SourceFailure> {
  const facts = await calls.version(part);
  if (isFailure(facts)) return facts;
  const number = versionNumberIn(facts.name, calls.path);
  const state = versionStateOf(facts.state);
  if (number === undefined || state === undefined) return garbled;
  return stateFailure(state) ?? number;
}
