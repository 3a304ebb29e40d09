import { accept } from "../cache/accept.ts";
import type { Engine } from "../cache/engine.ts";
import type { Entry } from "../cache/entry.ts";
import { outcomeError } from "../cache/outcome-error.ts";
import { read } from "../cache/read.ts";
import { SecretsError } from "../errors/secrets-error.ts";
import { isAbsence } from "../policy/failure-class.ts";
import type { Secret } from "../secret/secret.ts";
import type { ReadRequest } from "./read-request.ts";

/** The entry's secret as the request wants it; undefined only where it is optional and absent. */
export async function readSecret(
  engine: Engine,
  entry: Entry,
  request: ReadRequest,
): Promise<Secret<unknown> | undefined> {
  const outcome = await read(engine, entry, request);
  if (outcome === "aborted") {
    throw new SecretsError({ code: "aborted", source: entry.lane.name, secretName: entry.ref.name });
  }
  if ("held" in outcome) return accept(engine, entry, outcome.held.record, request, outcome.stale);
  const { failure, limit, attempts } = outcome;
  if (request.optional && !limit && isAbsence(failure.failure)) {
    if (failure.failure === "not-found" || request.versionAsked) return undefined;
  }
  throw outcomeError(failure, limit, entry, attempts);
}
