import { reduceNative } from "../errors/native-error.ts";
import { SecretsError } from "../errors/secrets-error.ts";
import type { Setback } from "../state/setback.ts";
import type { Entry } from "./entry.ts";

/** What a caller gets who can be given nothing. `limit`: there is a last good value, too old to be served. */
export function outcomeError(failure: Setback, limit: boolean, entry: Entry, attempts: number): SecretsError {
  const about = { source: entry.lane.name, secretName: entry.ref.name, attempts, cause: reduceNative(failure.native) };
  if (!limit) return new SecretsError({ code: failure.failure, ...about, advice: failure.advice });
  const advice = `The store gives no usable answer: ${failure.failure}.${failure.advice ? ` ${failure.advice}` : ""}`;
  return new SecretsError({ code: "stale-limit", ...about, advice });
}
