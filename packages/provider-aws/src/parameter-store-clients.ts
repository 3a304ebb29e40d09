import type { ParameterStoreMethods } from "./parameter-store-methods.ts";
import type { ServiceClients } from "./service-clients.ts";

export type ParameterStoreClients = ServiceClients<ParameterStoreMethods>;
