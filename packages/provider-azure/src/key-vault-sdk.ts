// Imported on first use alone, so that the SDK is, and node:https, which takes as long.

import { Agent } from "node:https";
import { SecretClient, type SecretClientOptions } from "@azure/keyvault-secrets";
import type { AzureCredential } from "./azure-credential.ts";
import { boundedAnswer } from "./bounded-answer.ts";
import type { KeyVaultMethods } from "./key-vault-methods.ts";

export function makeSecretClient(
  vaultUrl: string,
  credential: AzureCredential,
  agent: Agent | undefined,
): KeyVaultMethods {
  const options: SecretClientOptions = {
    // One retry loop is enough, and it is core's.
    retryOptions: { maxRetries: 0 },
    // The service sends none: where one comes, somebody else does.
    redirectOptions: { maxRetries: 0 },
    additionalPolicies: [{ policy: boundedAnswer, position: "perCall" }],
    ...(agent !== undefined && { agent }),
  };
  return new SecretClient(vaultUrl, credential as ConstructorParameters<typeof SecretClient>[1], options);
}

export function makeAgent(): Agent {
  return new Agent({ keepAlive: true });
}
