// Imported on first use alone, so that the SDK is, and node:https, which takes as long.

import { Agent } from "node:https";
import { SecretClient, type SecretClientOptions } from "@azure/keyvault-secrets";
import { boundedAnswer } from "./bounded-answer.ts";
import { azureDefaults } from "./defaults.ts";
import type { KeyVaultMethods } from "./key-vault-methods.ts";
import { refusedTokenStep } from "./refused-token-step.ts";
import type { VaultCredential } from "./vault-credential.ts";

export function makeSecretClient(
  vaultUrl: string,
  credential: VaultCredential,
  agent: Agent | undefined,
): KeyVaultMethods {
  const options: SecretClientOptions = {
    // One retry loop is enough, and it is core's.
    retryOptions: { maxRetries: azureDefaults.sdkAttempts - 1 },
    // The service sends none: where one comes, somebody else does.
    redirectOptions: { maxRetries: 0 },
    additionalPolicies: [
      { policy: boundedAnswer, position: "perCall" },
      { policy: refusedTokenStep((token) => credential.refuse(token)), position: "perRetry" },
    ],
    ...(agent !== undefined && { agent }),
  };
  return new SecretClient(vaultUrl, credential as ConstructorParameters<typeof SecretClient>[1], options);
}

export function makeAgent(): Agent {
  return new Agent({ keepAlive: true });
}
