import type { Agent } from "node:https";
import { clouds } from "./clouds.ts";
import { defaultCredential } from "./default-credential.ts";
import type { KeyVaultMethods } from "./key-vault-methods.ts";
import type { KeyVaultSettings, OwnClientSettings } from "./key-vault-options.ts";
import { makeSecretClient } from "./make-secret-client.ts";
import { SharedCredential } from "./shared-credential.ts";
import { VaultCredential } from "./vault-credential.ts";

export interface KeyVaultClients {
  of(vaultUrl: string): Promise<KeyVaultMethods>;
  close(): void;
}

export function keyVaultClients({ client, own }: KeyVaultSettings): KeyVaultClients {
  if (client !== undefined) return { of: async () => client, close: () => {} };
  return ownClients(own);
}

function ownClients({ cloud, credential, agent }: OwnClientSettings): KeyVaultClients {
  const load = async () => credential ?? defaultCredential(cloud);
  const shared = new SharedCredential(load, cloud && `https://${clouds[cloud].suffix}/.default`);
  const clients = new Map<string, Promise<KeyVaultMethods>>();
  let ownAgent: Agent | undefined;
  let isClosed = false;

  async function make(vaultUrl: string): Promise<KeyVaultMethods> {
    const sdk = await import("./key-vault-sdk.ts");
    // The SDK reaches the proxy that the environment names by an agent of its own alone.
    if (agent === undefined && !isProxied()) ownAgent ??= new sdk.Agent({ keepAlive: true });
    if (isClosed) ownAgent?.destroy();
    return makeSecretClient(sdk.SecretClient, vaultUrl, new VaultCredential(shared), agent ?? ownAgent);
  }

  return {
    of(vaultUrl) {
      const known = clients.get(vaultUrl);
      if (known !== undefined) return known;
      const made = make(vaultUrl);
      clients.set(vaultUrl, made);
      made.catch(() => clients.delete(vaultUrl));
      return made;
    },
    close() {
      isClosed = true;
      shared.close();
      ownAgent?.destroy();
    },
  };
}

const proxyVariables = ["HTTPS_PROXY", "ALL_PROXY", "HTTP_PROXY"].flatMap((name) => [name, name.toLowerCase()]);

function isProxied(): boolean {
  return proxyVariables.some((name) => process.env[name]);
}
