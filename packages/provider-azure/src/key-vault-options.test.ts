import { DefaultAzureCredential } from "@azure/identity";
import { SecretClient } from "@azure/keyvault-secrets";
import { isSecretsError } from "@secretsource/core";
import { expect, expectTypeOf, test } from "vitest";
import { type AzureCredential, azureKeyVault, type KeyVaultMethods, type KeyVaultOptions } from "./index.ts";
import { keyVaultSettings } from "./key-vault-options.ts";

const canary = "kX7qzpR2V9wT4bN8sHd5Jm";

function refusal(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    if (isSecretsError(error) && error.code === "invalid-options") return error.message;
  }
  throw new Error("it was not refused as it ought to be");
}

const credential = { getToken: async () => null };
const client = {
  vaultUrl: "https://myapp.vault.azure.net/",
  getSecret: () => {},
  listPropertiesOfSecretVersions: () => {},
  getDeletedSecret: () => {},
};

test.each<[string, unknown]>([
  ["vault", {}],
  ["vault", { vault: "" }],
  ["vault", { vault: `${canary}_` }],
  ["vault", { vault: "a--b" }],
  ["vault", { vault: 7 }],
  ["vault", { vault: `http://${canary}.vault.azure.net` }],
  ["vault", { vault: `https://user:${canary}@myapp.vault.azure.net` }],
  ["vault", { vault: `https://myapp.vault.azure.net/?token=${canary}` }],
  ["vault", { vault: `https://myapp.vault.azure.net/secrets/${canary}` }],
  ["vault", { vault: "https://localhost" }],
  ["vault", { vault: "https://myapp.vault.azure.net." }],
  ["vault", { vault: "https://myapp.vault.azure.net%2eexample" }],
  ["vault", { vault: "https://myapp.vault.azure.net\uff0eexample" }],
  ["vault", { vault: "https://my\tapp.vault.azure.net\n" }],
  ["vault", { vault: "https://example\\@myapp.vault.azure.net" }],
  ["vault", { vault: "https://myapp.vault.azure.cn", cloud: "public" }],
  ["cloud", { vault: "myapp", cloud: canary }],
  ["cloud", { vault: "myapp", cloud: "constructor" }],
  ["credential", { vault: "myapp", credential: canary }],
  ["credential", { vault: "myapp", credential: {} }],
  ["otherVaults", { vault: "myapp", otherVaults: canary }],
  ["otherVaults", { vault: "myapp", otherVaults: [`${canary}!`] }],
  ["otherVaults", { vault: "myapp", otherVaults: ["https://other.vault.azure.cn"] }],
  ["tellDeleted", { vault: "myapp", tellDeleted: canary }],
  ["agent", { vault: "myapp", agent: {} }],
  ["client", { client: { getSecret: () => {} } }],
  ["client", { client: { ...client, vaultUrl: canary } }],
  ["vault", { vault: "myapp", client }],
  ["credential", { credential, client }],
  ['no option "nonsense"', { vault: "myapp", nonsense: canary }],
  ["plain object", canary],
])("%s is refused in words that quote nothing: %#", (words, options) => {
  const message = refusal(() => azureKeyVault(options as never));
  expect(message).toContain(words);
  expect(message).not.toContain(canary);
});

test.each([
  [{ vault: "MyApp-Prod" }, "https://myapp-prod.vault.azure.net", "public"],
  [{ vault: "myapp", cloud: "china" }, "https://myapp.vault.azure.cn", "china"],
  [{ vault: "myapp", cloud: "us-government" }, "https://myapp.vault.usgovcloudapi.net", "us-government"],
  [{ vault: "https://myapp.vault.usgovcloudapi.net/" }, "https://myapp.vault.usgovcloudapi.net", "us-government"],
  [{ vault: "https://MYAPP.vault.azure.net:8443" }, "https://myapp.vault.azure.net:8443", "public"],
  [{ vault: "https://vault.corp.example" }, "https://vault.corp.example", undefined],
  [{ vault: "https://vault.corp.example", cloud: "china" }, "https://vault.corp.example", "china"],
])("%j is the vault %s", (options, vaultUrl, cloud) => {
  expect(keyVaultSettings(options)).toMatchObject({ vaults: { vaultUrl }, own: { cloud } });
});

test("other vaults are names in the same cloud, or URLs", () => {
  const otherVaults = ["shared", "https://third.vault.azure.cn/"];
  expect(keyVaultSettings({ vault: "myapp", cloud: "china", otherVaults }).vaults.others).toEqual(
    new Set(["https://shared.vault.azure.cn", "https://third.vault.azure.cn"]),
  );
});

test.each([
  "azure-key-vault",
  "azure-key-vault:",
  `azure-key-vault:?password=${canary}`,
  `azure-key-vault:myapp?cloud=${canary}`,
  "azure-key-vault:myapp?tellDeleted=yes",
  "azure-key-vault:myapp?cloud=china&cloud=public",
  `azure-key-vault:${canary}_`,
  `aws-secrets-manager:${canary}`,
])("the URI %j is refused", (uri) => {
  expect(refusal(() => azureKeyVault.fromUri(uri))).not.toContain(canary);
});

test.each([
  "azure-key-vault:myapp-prod",
  "azure-key-vault:myapp?cloud=us-government&tellDeleted=true",
  "azure-key-vault:https://myapp.vault.azure.cn?tellDeleted=false",
])("the URI %j makes a source", (uri) => {
  expect(azureKeyVault.fromUri(uri)).toMatchObject({ specVersion: 1, kind: "azure-key-vault" });
});

test("credentials and clients of the vendor's packages fit", () => {
  expectTypeOf<DefaultAzureCredential>().toExtend<AzureCredential>();
  expectTypeOf<SecretClient>().toExtend<KeyVaultMethods>();
  const own = new SecretClient("https://myapp.vault.azure.net", new DefaultAzureCredential());
  expect(keyVaultSettings({ client: own }).vaults.vaultUrl).toBe("https://myapp.vault.azure.net");
});

test("what cannot work does not compile", () => {
  const own = new SecretClient("https://myapp.vault.azure.net", new DefaultAzureCredential());
  expectTypeOf<{ client: SecretClient; tellDeleted: true }>().toExtend<KeyVaultOptions>();
  // @ts-expect-error Neither a vault nor a client.
  expect(() => azureKeyVault({})).toThrow("`vault`");
  // @ts-expect-error A vault that may not be there, such as a variable of the environment.
  expect(() => azureKeyVault({ vault: process.env.NOT_THERE })).toThrow("`vault`");
  // @ts-expect-error A client knows its vault.
  expect(() => azureKeyVault({ vault: "myapp", client: own })).toThrow("`client`");
  // @ts-expect-error Neither a vault nor a client, and an option.
  expect(() => azureKeyVault({ cloud: "china" })).toThrow("`vault`");
});
