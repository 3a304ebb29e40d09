import type { Engine } from "../cache/engine.ts";
import type { Entry } from "../cache/entry.ts";
import type { Loaded } from "../cache/loaded.ts";
import { read } from "../cache/read.ts";
import { about } from "../cache/tell.ts";
import type { SecretsErrorCode } from "../errors/error-code.ts";
import { isSecretsError, SecretsError } from "../errors/secrets-error.ts";
import { isAbsence } from "../policy/failure-class.ts";
import type { Secret } from "../secret/secret.ts";
import { failureError } from "./failure-error.ts";
import type { ReadRequest } from "./read-request.ts";
import { untilAborted } from "./until-aborted.ts";

/** The entry's secret as the request wants it; undefined only where it is optional and absent. */
export async function readSecret(
  engine: Engine,
  entry: Entry,
  request: ReadRequest,
): Promise<Secret<unknown> | undefined> {
  const names = { source: entry.lane.name, secretName: entry.ref.name };
  const outcome = await read(engine, entry, request);
  if (outcome === "aborted") throw new SecretsError({ code: "aborted", ...names });
  if ("held" in outcome) return accept(engine, entry, outcome.held.record, request, outcome.stale);
  const { failure, limit, attempts } = outcome;
  if (limit) {
    const advice = `The store gives no usable answer: ${failure.failure}.${failure.advice ? ` ${failure.advice}` : ""}`;
    throw new SecretsError({ code: "stale-limit", ...names, attempts, advice });
  }
  if (request.optional && isAbsence(failure.failure)) {
    if (failure.failure === "not-found" || request.versionAsked) return undefined;
  }
  throw failureError(failure, { ...names, attempts });
}

/** A record that this reader cannot use does not take the place of the last one that a reader could. */
async function accept(
  engine: Engine,
  entry: Entry,
  loaded: Loaded,
  request: ReadRequest,
  stale: SecretsErrorCode | undefined,
): Promise<Secret<unknown>> {
  const { name: secretName } = loaded;
  try {
    const secret = await untilAborted(request.signal, loaded.secret(request.reading, stale));
    if (secret !== "aborted") return secret;
  } catch (error) {
    if (!isSecretsError(error) || engine.closing.aborted) throw error;
    const older = await previousGood(engine, entry, request, error.code);
    if (older === undefined) {
      throw new SecretsError({ code: error.code, source: entry.lane.name, secretName, advice: error.advice });
    }
    tellRejected(engine, entry, loaded, error.code);
    return older;
  }
  throw new SecretsError({ code: "aborted", source: entry.lane.name, secretName });
}

async function previousGood(
  { time }: Engine,
  entry: Entry,
  { reading, refresh }: ReadRequest,
  code: SecretsErrorCode,
): Promise<Secret<unknown> | undefined> {
  const { previous } = entry;
  if (previous === undefined || refresh) return undefined;
  if (time.precise() >= previous.replacedAt + entry.lane.policy.maxStaleMs) return undefined;
  try {
    return await previous.loaded.secret(reading, code);
  } catch {
    return undefined;
  }
}

function tellRejected(engine: Engine, entry: Entry, loaded: Loaded, code: SecretsErrorCode): void {
  if (entry.told.rejected?.loaded === loaded) return;
  entry.told = { ...entry.told, rejected: { loaded, code } };
  engine.tell({ ...about(engine, entry), type: "rejected", version: loaded.version, code });
}
