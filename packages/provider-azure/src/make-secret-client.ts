import type { Agent } from "node:https";
import { boundedAnswer } from "./bounded-answer.ts";
import { azureDefaults } from "./defaults.ts";
import type { KeyVaultMethods } from "./key-vault-methods.ts";
import type { SecretClientOptions } from "./key-vault-sdk.ts";
import { refusedTokenStep } from "./refused-token-step.ts";
import type { VaultCredential } from "./vault-credential.ts";

type SecretClientClass = typeof import("./key-vault-sdk.ts")["SecretClient"];

export function makeSecretClient(
  SecretClient: SecretClientClass,
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
  return new SecretClient(vaultUrl, credential as ConstructorParameters<SecretClientClass>[1], options);
}
