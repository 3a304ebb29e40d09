import type { Agent } from "node:https";
import { invalidOptions, readOptions } from "@secretsource/core/source-kit";
import type { AzureCredential } from "./azure-credential.ts";
import { type AzureCloud, cloudOf, clouds, isCloud } from "./clouds.ts";
import type { KeyVaultMethods } from "./key-vault-methods.ts";
import type { Vaults } from "./secret-address.ts";
import { vaultUrlOf } from "./vault-address.ts";

/** Either a `vault` and what goes with it, or a `client`. */
export type KeyVaultOptions = GivenClientOptions | NamedVaultOptions;

interface CommonOptions {
  /**
   * True: where a secret is not found, the vault is asked whether it was deleted and can still be recovered, which is then
   * `deleted` and not `not-found`. One more request, of which an identity that may read secrets is capable. Default: false.
   */
  readonly tellDeleted?: boolean | undefined;
}

export interface NamedVaultOptions extends CommonOptions {
  /** The vault's name, or its URL: `"myapp-prod"`, `"https://myapp-prod.vault.azure.net"`. */
  readonly vault: string;
  /** The cloud that it is in. Default: that of the vault's URL, then `"public"`. */
  readonly cloud?: AzureCloud | undefined;
  /**
   * Who the program is: any credential of `@azure/identity`. Default: its `DefaultAzureCredential`, which is loaded by the
   * first read and has to be installed.
   */
  readonly credential?: AzureCredential | undefined;
  /** Vaults, besides the own one, that full identifiers may name. Names or URLs. Default: none. */
  readonly otherVaults?: readonly string[] | undefined;
  /**
   * For connections with certificates or an address of your own. It is never destroyed by us, and takes the place of the
   * proxy that HTTPS_PROXY names. Default: one of ours, or that proxy.
   */
  readonly agent?: Agent | undefined;
  readonly client?: undefined;
}

export interface GivenClientOptions extends CommonOptions {
  /**
   * A `SecretClient` of `@azure/keyvault-secrets` of your own in place of ours. It retries as you made it: say
   * `retryOptions: { maxRetries: 0 }`, since the retries are already done.
   */
  readonly client: KeyVaultMethods;
  // It has its own.
  readonly vault?: undefined;
  readonly cloud?: undefined;
  readonly credential?: undefined;
  readonly otherVaults?: undefined;
  readonly agent?: undefined;
}

export interface OwnClientSettings {
  /** Undefined where the vault's host is of no cloud that we know. */
  readonly cloud: AzureCloud | undefined;
  readonly credential: AzureCredential | undefined;
  readonly agent: Agent | undefined;
}

export type KeyVaultSettings = { readonly vaults: Vaults; readonly tellDeleted: boolean } & (
  | { readonly client: KeyVaultMethods; readonly own?: undefined }
  | { readonly client?: undefined; readonly own: OwnClientSettings }
);

const factory = "azureKeyVault";
const names = ["vault", "cloud", "credential", "otherVaults", "tellDeleted", "agent", "client"] as const;
const methods = ["getSecret", "listPropertiesOfSecretVersions", "getDeletedSecret"] as const;

/** @throws SecretsError `invalid-options`; it quotes nothing of what was given. */
export function keyVaultSettings(options: unknown): KeyVaultSettings {
  const { client, tellDeleted = false, ...others } = readOptions(options, names, `The options of ${factory}`);
  if (typeof tellDeleted !== "boolean") return invalidOptions(`\`tellDeleted\` of ${factory} must be true or false.`);
  return client === undefined
    ? { tellDeleted, ...ownSettings(others) }
    : { tellDeleted, ...clientSettings(client, others) };
}

type Given = Partial<Record<(typeof names)[number], unknown>>;

function ownSettings({ vault, cloud, credential, otherVaults = [], agent }: Given) {
  if (cloud !== undefined && !isCloud(cloud)) {
    return invalidOptions(`\`cloud\` of ${factory} must be one of ${Object.keys(clouds).join(", ")}.`);
  }
  if (credential !== undefined && !has(credential, ["getToken"])) {
    return invalidOptions(`\`credential\` of ${factory} must have \`getToken\`, as those of @azure/identity do.`);
  }
  if (agent !== undefined && !has(agent, ["createConnection"])) {
    return invalidOptions(`\`agent\` of ${factory} must be an \`Agent\` of node:https.`);
  }
  if (!Array.isArray(otherVaults)) return invalidOptions(`\`otherVaults\` of ${factory} must be a list of vaults.`);
  const vaultUrl = checkedVault(vault, cloud, "vault");
  const home = cloud ?? cloudOf(new URL(vaultUrl).hostname);
  const others = new Set(otherVaults.map((other) => checkedVault(other, home, "otherVaults")));
  return {
    vaults: { vaultUrl, others },
    own: {
      cloud: home,
      credential: credential as AzureCredential | undefined,
      agent: agent as Agent | undefined,
    },
  };
}

function checkedVault(vault: unknown, cloud: AzureCloud | undefined, name: string): string {
  const url = typeof vault === "string" ? vaultUrlOf(vault, cloud) : undefined;
  return (
    url ??
    invalidOptions(
      `\`${name}\` of ${factory} must be a vault's name or URL, such as "myapp-prod" or "https://myapp-prod.vault.azure.net", of the \`cloud\` that is given.`,
    )
  );
}

function clientSettings(client: unknown, others: Given) {
  const besides = names.find((name) => others[name] !== undefined);
  if (besides !== undefined) {
    return invalidOptions(`\`${besides}\` of ${factory} does not go with \`client\`, which has its own.`);
  }
  if (!has(client, methods) || typeof client.vaultUrl !== "string" || !URL.canParse(client.vaultUrl)) {
    return invalidOptions(`\`client\` of ${factory} must be a \`SecretClient\` of @azure/keyvault-secrets.`);
  }
  const vaults: Vaults = { vaultUrl: new URL(client.vaultUrl).origin, others: new Set() };
  return { vaults, client: client as unknown as KeyVaultMethods };
}

function has(given: unknown, wanted: readonly string[]): given is Record<string, unknown> {
  if (typeof given !== "object" || given === null) return false;
  return wanted.every((name) => typeof (given as Record<string, unknown>)[name] === "function");
}
