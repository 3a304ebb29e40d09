import type { Reading } from "../decode/reading.ts";
import type { SecretsErrorCode } from "../errors/error-code.ts";
import { isSecretsError, SecretsError } from "../errors/secrets-error.ts";
import type { Secret } from "../secret/secret.ts";
import type { Engine } from "./engine.ts";
import type { Entry } from "./entry.ts";
import type { Loaded } from "./loaded.ts";
import { about } from "./tell.ts";

/**
 * The record as this reader wants it. One that the reader cannot use does not take the place of the last one that a
 * reader could: that is given instead, marked with the reason, up to `maxStale`.
 *
 * @throws SecretsError `decode-failed`, `field-not-found`, `validation-failed`
 */
export async function accept(
  engine: Engine,
  entry: Entry,
  loaded: Loaded,
  reading: Reading,
  stale: SecretsErrorCode | undefined,
): Promise<Secret<unknown>> {
  try {
    return await loaded.secret(reading, stale);
  } catch (error) {
    if (!isSecretsError(error)) throw error;
    const older = await previousGood(engine, entry, reading, error.code);
    if (older === undefined) {
      const { name: secretName } = loaded;
      throw new SecretsError({ code: error.code, source: entry.lane.name, secretName, advice: error.advice });
    }
    tellRejected(engine, entry, loaded, error.code);
    return older;
  }
}

async function previousGood(
  { time }: Engine,
  { previous, lane }: Entry,
  reading: Reading,
  code: SecretsErrorCode,
): Promise<Secret<unknown> | undefined> {
  if (previous === undefined || time.precise() >= previous.replacedAt + lane.policy.maxStaleMs) return undefined;
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
