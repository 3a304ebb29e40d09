import type { SecretSource } from "@secretsource/core/source";
import { awsFailure } from "./aws-failures.ts";
import { probeSecret } from "./probe-secret.ts";
import { readSecretValue } from "./read-secret-value.ts";
import { readSecretValues } from "./read-secret-values.ts";
import { readWithRotation } from "./read-with-rotation.ts";
import type { SecretsManagerClients } from "./secrets-manager-clients.ts";
import type { SecretsManagerMethods } from "./secrets-manager-methods.ts";
import { givenClient } from "./service-clients.ts";
import type { SourceCalls } from "./source-calls.ts";

export interface SecretsManagerCalls extends SourceCalls {
  readonly probe: NonNullable<SecretSource["probe"]>;
}

/** By a client that was handed in. */
export function givenSecretsManager(client: SecretsManagerMethods, rotationDates: boolean): SecretsManagerCalls {
  return secretsManagerCalls(givenClient(client), rotationDates);
}

export function secretsManagerCalls(clients: SecretsManagerClients, rotationDates: boolean): SecretsManagerCalls {
  const { clearText } = clients;
  const readOne = rotationDates ? readWithRotation : readSecretValue;
  return {
    read: async (ref, { signal }) => clearText.told(await readOne(clients, ref, signal)),
    readBatch: async (refs, { signal }) => clearText.toldOf(await readSecretValues(clients, refs, signal)),
    probe: (ref, { signal }) => probeSecret(clients, ref, signal),
    classify: (error) => awsFailure(error),
    close: () => clients.close(),
  };
}
