import type { ParameterStoreMethods } from "./parameter-store-methods.ts";
import { type ClientSettings, type ServiceClients, serviceClients } from "./service-clients.ts";

export type ParameterStoreClients = ServiceClients<ParameterStoreMethods>;

export function parameterStoreClients(settings: ClientSettings<ParameterStoreMethods>): ParameterStoreClients {
  return serviceClients(settings, async (options, clearText, region) =>
    (await import("./parameter-store-sdk.ts")).makeParameterStore(options, clearText, region),
  );
}
