import type { SecretRecord, SecretRef, SourceFailure } from "@secretsource/core/source";
import { callAws, isFailure, requestIdOf } from "./aws-call.ts";
import { noSuchVersion } from "./missing-version.ts";
import { parameterNameOf, selectorOf } from "./parameter-name.ts";
import { parameterStoreActions as actions } from "./parameter-store-actions.ts";
import type { ParameterStoreClients } from "./parameter-store-clients.ts";
import { sameVersion } from "./same-version.ts";
import { toParameterRecord } from "./to-parameter-record.ts";
import { wrongSelector } from "./wrong-selector.ts";

/** One version of one parameter, decrypted, by GetParameter. */
export async function readParameter(
  clients: ParameterStoreClients,
  { name, version }: SecretRef,
  signal: AbortSignal,
): Promise<SecretRecord | SourceFailure> {
  const asked = parameterNameOf(name);
  if (isFailure(asked)) return asked;
  const selector = selectorOf(version, asked);
  if (typeof selector !== "string") return selector;
  const get = (Name: string, WithDecryption: boolean) =>
    callAws(actions.getParameter, signal, async (options) =>
      (await clients.of(asked.region)).getParameter({ Name, WithDecryption }, options),
    );
  const answer = await get(`${asked.name}${selector}`, true);
  if (!isFailure(answer)) {
    const refused = wrongSelector(version, asked, answer.Parameter);
    return refused ?? sameVersion(version, toParameterRecord(asked, answer.Parameter, requestIdOf(answer)));
  }
  // A label that is nowhere may be answered as an absent parameter is; a reference's always is.
  const mayBeThere = answer.failure === "not-found" && selector !== "";
  // A reference is not looked at without decryption. Nothing is made of the value.
  const isThere = mayBeThere && !isFailure(await get(asked.name, asked.isReference));
  return isThere ? { ...answer, ...noSuchVersion } : answer;
}
