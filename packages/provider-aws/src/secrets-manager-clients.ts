import type { SecretsManagerMethods } from "./secrets-manager-methods.ts";
import type { ServiceClients } from "./service-clients.ts";

export type SecretsManagerClients = ServiceClients<SecretsManagerMethods>;
