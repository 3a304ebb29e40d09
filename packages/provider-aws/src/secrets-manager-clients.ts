import { RegionClients } from "./region-clients.ts";
import type { SecretsManagerMethods } from "./secrets-manager-methods.ts";
import type { SecretsManagerSettings } from "./secrets-manager-options.ts";

export interface SecretsManagerClients {
  /** The client that asks a region, by default the home region. */
  of(region: string | undefined): Promise<SecretsManagerMethods>;
  /** True where the client of the home region is the one for this region. */
  isHome(region: string | undefined): Promise<boolean>;
  close(): Promise<void>;
}

export function secretsManagerClients({ client, aws }: SecretsManagerSettings): SecretsManagerClients {
  if (client !== undefined) return { of: async () => client, isHome: async () => true, close: async () => {} };
  return new RegionClients(async (region) => {
    const { makeSecretsManager } = await import("./secrets-manager-sdk.ts");
    return makeSecretsManager(aws, region);
  });
}
