import type { Reading } from "../decode/reading.ts";
import { readingKey } from "../decode/reading-key.ts";
import type { SecretsErrorCode } from "../errors/error-code.ts";
import { isSecretsError, SecretsError } from "../errors/secrets-error.ts";
import type { Secret } from "../secret/secret.ts";
import { untilAborted } from "../util/until-aborted.ts";
import type { Engine } from "./engine.ts";
import type { Entry } from "./entry.ts";
import { candidates } from "./last-good.ts";
import type { Loaded } from "./loaded.ts";
import { tellRejected } from "./tell.ts";

/** How a reader uses a record. */
export interface Acceptance {
  readonly reading: Reading;
  /** True: an older record is no answer. */
  readonly refresh: boolean;
  readonly signal: AbortSignal | undefined;
}

/**
 * The record as this reader wants it. One that the reader cannot use does not take the place of the last one that it
 * could, whatever others could: that is given instead, marked with the reason, up to `maxStale`.
 *
 * @throws SecretsError `decode-failed`, `field-not-found`, `validation-failed`, `aborted`
 */
export async function accept(
  engine: Engine,
  entry: Entry,
  loaded: Loaded,
  how: Acceptance,
  stale: SecretsErrorCode | undefined,
): Promise<Secret<unknown>> {
  try {
    const secret = await untilAborted(how.signal, loaded.secret(how.reading, stale));
    if (secret !== "aborted") return secret;
  } catch (error) {
    if (!isSecretsError(error) || engine.closing.aborted) throw error;
    const older = how.refresh ? undefined : await lastGood(engine, entry, how.reading, error.code);
    if (older === undefined) throw namedRefusal(entry, error);
    tellRejected(engine, entry, loaded, error.code);
    return older;
  }
  throw new SecretsError({ code: "aborted", source: entry.lane.name, secretName: loaded.name });
}

/** What a reading refuses with, and whose it is. */
export function namedRefusal({ lane, ref }: Entry, { code, advice }: SecretsError): SecretsError {
  return new SecretsError({ code, source: lane.name, secretName: ref.name, advice });
}

async function lastGood(
  { time }: Engine,
  { earlier }: Entry,
  reading: Reading,
  code: SecretsErrorCode,
): Promise<Secret<unknown> | undefined> {
  for (const { loaded } of candidates(earlier, readingKey(reading), time.precise())) {
    try {
      return await loaded.secret(reading, code);
    } catch {
      // Not this one either.
    }
  }
  return undefined;
}
