import type { SourceFailure } from "@secretsource/core/source";
import { SecretsError } from "@secretsource/core/source-kit";

export function transitError({ failure, advice, native }: SourceFailure, key: string): SecretsError {
  return new SecretsError({
    code: failure,
    source: "vault-transit",
    secretName: key,
    advice,
    cause: native,
    attempts: 1,
  });
}
