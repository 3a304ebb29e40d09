export type { AzureCredential, AzureToken, AzureTokenOptions } from "./azure-credential.ts";
export type { AzureCloud } from "./clouds.ts";
export type {
  KeyVaultAnswer,
  KeyVaultCallOptions,
  KeyVaultMethods,
  KeyVaultProperties,
  KeyVaultSecretAnswer,
} from "./key-vault-methods.ts";
export type { GivenClientOptions, KeyVaultOptions, NamedVaultOptions } from "./key-vault-options.ts";
export { type AzureKeyVault, azureKeyVault } from "./key-vault-source.ts";
