import type { SecretsManagerMethods } from "./secrets-manager-methods.ts";
import { type ClientSettings, type ServiceClients, serviceClients } from "./service-clients.ts";

export type SecretsManagerClients = ServiceClients<SecretsManagerMethods>;

export function secretsManagerClients(settings: ClientSettings<SecretsManagerMethods>): SecretsManagerClients {
  return serviceClients(settings, async (options, clearText, region) =>
    (await import("./secrets-manager-sdk.ts")).makeSecretsManager(options, clearText, region),
  );
}
