import type { SecretSource, SourceScheme, SourceTraits } from "@secretsource/core/source";
import { azureFailure } from "./azure-failures.ts";
import { keyVaultClients } from "./key-vault-clients.ts";
import { type KeyVaultOptions, keyVaultSettings } from "./key-vault-options.ts";
import { readSecret } from "./read-secret.ts";
import { uriKeyVaultOptions } from "./uri-key-vault-options.ts";

const kind = "azure-key-vault";

const traits: SourceTraits = Object.freeze({
  stages: Object.freeze(["current", "previous"] as const),
  versionIds: true,
  labels: false,
  binary: true,
  mints: false,
});

export interface AzureKeyVault extends SourceScheme {
  /**
   * Secrets of Azure Key Vault, by portable name or full identifier. `current` is the service's latest version, `previous`
   * the newest enabled one before it. SDK and credential are loaded by the first read.
   *
   * @throws SecretsError `invalid-options`
   */
  (options: KeyVaultOptions): SecretSource;
  readonly scheme: "azure-key-vault";
  /** `azure-key-vault:myapp-prod`, or the vault's URL in place of the name; also `cloud` and `tellDeleted`. */
  fromUri(text: string): SecretSource;
}

export const azureKeyVault: AzureKeyVault = /* @__PURE__ */ Object.assign(sourceOf, {
  scheme: kind,
  fromUri: (text: string) => sourceOf(uriKeyVaultOptions(text, kind)),
} as const);

function sourceOf(options: KeyVaultOptions): SecretSource {
  const settings = keyVaultSettings(options);
  const clients = keyVaultClients(settings);
  return Object.freeze<SecretSource>({
    specVersion: 1,
    kind,
    traits,
    read: (ref, { signal }) => readSecret(clients, settings, ref, signal),
    classify: (error) => azureFailure(error, { permission: "get" }),
    close: async () => clients.close(),
  });
}
