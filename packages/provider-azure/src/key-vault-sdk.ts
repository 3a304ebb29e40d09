import type { Agent } from "node:https";
import { SecretClient, type SecretClientOptions } from "@azure/keyvault-secrets";
import { boundedAnswer } from "./bounded-answer.ts";
import { azureDefaults } from "./defaults.ts";
import { type KeyVaultCalls, keyVaultCalls } from "./key-vault-calls.ts";
import type { KeyVaultMethods } from "./key-vault-methods.ts";
import type { KeyVaultSettings, OwnClientSettings } from "./key-vault-options.ts";
import { ownAgentStep } from "./own-agent-step.ts";
import { ownClients } from "./own-clients.ts";
import { refusedTokenStep } from "./refused-token-step.ts";
import type { VaultCredential } from "./vault-credential.ts";

/** By clients of ours. */
export function ownKeyVault(own: OwnClientSettings, settings: KeyVaultSettings): KeyVaultCalls {
  return keyVaultCalls(ownClients(own, makeSecretClient), settings);
}

function makeSecretClient(
  vaultUrl: string,
  credential: VaultCredential,
  agent: Agent | undefined,
  ownAgent: () => Agent,
): KeyVaultMethods {
  const options: SecretClientOptions = {
    // One retry loop is enough, and it is core's.
    retryOptions: { maxRetries: azureDefaults.sdkAttempts - 1 },
    // The service sends none: where one comes, somebody else does.
    redirectOptions: { maxRetries: 0 },
    additionalPolicies: [
      { policy: boundedAnswer, position: "perCall" },
      { policy: refusedTokenStep((token) => credential.refuse(token)), position: "perRetry" },
      ...(agent === undefined ? [{ policy: ownAgentStep(ownAgent), position: "perRetry" } as const] : []),
    ],
    ...(agent !== undefined && { agent }),
  };
  try {
    return new SecretClient(vaultUrl, credential as ConstructorParameters<typeof SecretClient>[1], options);
  } catch (error) {
    // The vault's URL has been checked. The other one that is read here is the proxy's, even where an agent takes its place.
    if ((error as { readonly code?: unknown }).code !== "ERR_INVALID_URL") throw error;
    throw Object.assign(new Error("The proxy has no URL"), { name: "ProxyRefused" });
  }
}
