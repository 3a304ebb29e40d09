import type { SecretSource } from "@secretsource/core/source";
import { azureFailure } from "./azure-failures.ts";
import type { KeyVaultClients } from "./key-vault-clients.ts";
import type { KeyVaultMethods } from "./key-vault-methods.ts";
import type { KeyVaultSettings } from "./key-vault-options.ts";
import { readSecret } from "./read-secret.ts";

/** What a source does when it is called. */
export interface KeyVaultCalls extends Pick<SecretSource, "read" | "classify"> {
  close(): void;
}

/** By a client that was handed in. */
export function givenKeyVault(client: KeyVaultMethods, settings: KeyVaultSettings): KeyVaultCalls {
  return keyVaultCalls({ of: () => client, close: () => {} }, settings);
}

export function keyVaultCalls(clients: KeyVaultClients, settings: KeyVaultSettings): KeyVaultCalls {
  return {
    read: (ref, { signal }) => readSecret(clients, settings, ref, signal),
    classify: (error) => azureFailure(error, { permission: "get" }),
    close: () => clients.close(),
  };
}
