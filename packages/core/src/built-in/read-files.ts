import type { SecretRecord } from "../source/secret-record.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import { untilAborted } from "../source-kit/until-aborted.ts";
import { fsFailure } from "./fs-failures.ts";

type Answer = SecretRecord | SourceFailure;

/**
 * Runs one read until it ends or is aborted; what `node:fs` throws becomes an answer.
 *
 * @param shown What a message calls the file or folder.
 */
export async function readFiles(signal: AbortSignal, shown: string, read: () => Promise<Answer>): Promise<Answer> {
  try {
    return await untilAborted(signal, read);
  } catch (error) {
    const failure = signal.aborted ? undefined : fsFailure(error);
    if (failure === undefined) throw error;
    return { ...failure, advice: `${shown} cannot be read. ${failure.advice ?? ""}` };
  }
}
