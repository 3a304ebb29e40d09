/** The folders of `packages/core/src`, lowest floor first. A folder imports only from itself and from floors below. */
export const floors: readonly (readonly string[])[] = [
  ["util", "errors"],
  ["time", "secret"],
  ["source", "source-kit"],
  ["policy"],
  ["state", "decode"],
  ["fetch"],
  ["cache"],
  ["schedule"],
  ["lease", "rotation"],
  ["built-in"],
  ["client"],
  ["config", "testing", "otel"],
];

/** Every third-party package that the core may import, outside its tests. */
export const corePackages: readonly string[] = ["lru-cache", "@standard-schema/spec"];

/** What only one folder of the core may import: its users bring it along. */
export const folderPackages: Readonly<Record<string, readonly string[]>> = { otel: ["@opentelemetry/api"] };

/** The `node:` modules that the core may import, outside its tests. */
export const coreBuiltins: readonly string[] = [
  "async_hooks",
  "crypto",
  "diagnostics_channel",
  "fs",
  "fs/promises",
  "os",
  "path",
  "timers",
  "util",
];

/**
 * The providers that are built by `buildOfParts`, of which each part is a file by itself, with the most bytes of their own
 * that an import may load: room for options and URIs. What calls need is several times as much.
 */
export const providersOfParts: Readonly<Record<string, number>> = {
  "provider-aws": 20_000,
  "provider-azure": 20_000,
  "provider-gcp": 20_000,
  "provider-vault": 32_000,
};

/** The SDKs that each provider may import, and only in its files `*-sdk.ts`. */
export const providerPackages: Readonly<Record<string, readonly string[]>> = {
  "provider-aws": ["@aws-sdk/client-secrets-manager", "@aws-sdk/client-ssm", "@smithy/core"],
  "provider-azure": ["@azure/keyvault-secrets", "@azure/identity"],
  "provider-gcp": ["@google-cloud/secret-manager", "google-gax"],
  "provider-vault": ["node-vault", "@smithy/signature-v4", "@aws-sdk/credential-provider-node"],
};
