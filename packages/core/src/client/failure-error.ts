import { reduceNative } from "../errors/native-error.ts";
import { SecretsError } from "../errors/secrets-error.ts";
import type { Setback } from "../state/setback.ts";

/** A source's failure as the caller's error. */
export function failureError(
  failure: Setback,
  about: { readonly source: string; readonly secretName: string; readonly attempts: number },
): SecretsError {
  return new SecretsError({
    code: failure.failure,
    ...about,
    advice: failure.advice,
    cause: reduceNative(failure.native),
  });
}
