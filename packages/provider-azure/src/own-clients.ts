import { Agent } from "node:https";
import { clouds } from "./clouds.ts";
import { defaultCredential } from "./default-credential.ts";
import type { KeyVaultClients } from "./key-vault-clients.ts";
import type { KeyVaultMethods } from "./key-vault-methods.ts";
import type { OwnClientSettings } from "./key-vault-options.ts";
import { SharedCredential } from "./shared-credential.ts";
import { VaultCredential } from "./vault-credential.ts";

/** A client for each vault, with one credential and one agent for all. */
export function ownClients(
  { cloud, credential, agent }: OwnClientSettings,
  make: (
    vaultUrl: string,
    credential: VaultCredential,
    agent: Agent | undefined,
    ownAgent: () => Agent,
  ) => KeyVaultMethods,
): KeyVaultClients {
  const load = async () => credential ?? defaultCredential(cloud);
  const shared = new SharedCredential(load, cloud && `https://${clouds[cloud].suffix}/.default`);
  const clients = new Map<string, KeyVaultMethods>();
  let ownAgent: Agent | undefined;
  let isClosed = false;

  function oneAgent(): Agent {
    // After the close nobody is left to end what it keeps.
    ownAgent ??= new Agent({ keepAlive: !isClosed });
    return ownAgent;
  }

  return {
    of(vaultUrl) {
      const known = clients.get(vaultUrl);
      if (known !== undefined) return known;
      const made = make(vaultUrl, new VaultCredential(shared), agent, oneAgent);
      clients.set(vaultUrl, made);
      return made;
    },
    close() {
      isClosed = true;
      shared.close();
      ownAgent?.destroy();
    },
  };
}
