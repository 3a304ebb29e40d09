/** The clouds that Key Vault is in. */
export type AzureCloud = "public" | "china" | "us-government";

export interface CloudEnds {
  /** What the names of its vaults end with, and the resource that tokens are for. */
  readonly suffix: string;
  /** Who issues them. */
  readonly authority: string;
}

/**
 * https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates (DNS suffixes) and
 * https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud (authorities).
 */
export const clouds: Readonly<Record<AzureCloud, CloudEnds>> = {
  public: { suffix: "vault.azure.net", authority: "https://login.microsoftonline.com" },
  china: { suffix: "vault.azure.cn", authority: "https://login.chinacloudapi.cn" },
  "us-government": { suffix: "vault.usgovcloudapi.net", authority: "https://login.microsoftonline.us" },
};

export function isCloud(name: unknown): name is AzureCloud {
  return typeof name === "string" && Object.hasOwn(clouds, name);
}

/** The cloud of a vault's host; undefined for a host of another kind, such as an emulator's. */
export function cloudOf(host: string): AzureCloud | undefined {
  return Object.keys(clouds).find((name) => host.endsWith(`.${clouds[name as AzureCloud].suffix}`)) as
    | AzureCloud
    | undefined;
}
