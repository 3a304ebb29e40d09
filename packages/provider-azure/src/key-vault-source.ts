import type { SecretSource, SourceScheme, SourceTraits } from "@secretsource/core/source";
import { OnFirstCall } from "@secretsource/core/source-kit";
import type { KeyVaultCalls } from "./key-vault-calls.ts";
import { type KeyVaultOptions, type KeyVaultSettings, keyVaultSettings } from "./key-vault-options.ts";
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
  const onCall = new OnFirstCall(() => callsOf(settings));
  return Object.freeze<SecretSource>({
    specVersion: 1,
    kind,
    traits,
    read: (ref, context) => onCall.make(context.signal, (calls) => calls.read(ref, context)),
    load: () => onCall.load(),
    classify: (error) => onCall.loaded?.classify(error),
    close: () => onCall.close(),
  });
}

async function callsOf(settings: KeyVaultSettings): Promise<KeyVaultCalls> {
  const { client, own } = settings;
  if (client === undefined) return (await import("./key-vault-sdk.ts")).ownKeyVault(own, settings);
  // It brings its own SDK.
  return (await import("./key-vault-calls.ts")).givenKeyVault(client, settings);
}
