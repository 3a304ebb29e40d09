import type { KeyVaultMethods } from "./key-vault-methods.ts";

/** Who asks a vault, whichever. */
export interface KeyVaultClients {
  of(vaultUrl: string): KeyVaultMethods;
  close(): void;
}
