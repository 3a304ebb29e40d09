import type { AwsOptions } from "./aws-options.ts";
import type { ClearText } from "./clear-text.ts";
import { clientConfig } from "./client-config.ts";
import { type OwnClient, ownClient } from "./own-client.ts";
import type { ParameterStoreMethods } from "./parameter-store-methods.ts";
import type { DescribeParametersCommandInput } from "./parameter-store-sdk.ts";
import { type ClientSettings, type ServiceClients, serviceClients } from "./service-clients.ts";

export type ParameterStoreClients = ServiceClients<ParameterStoreMethods>;

export function parameterStoreClients(settings: ClientSettings<ParameterStoreMethods>): ParameterStoreClients {
  return serviceClients(settings, makeParameterStore);
}

async function makeParameterStore(
  options: AwsOptions,
  clearText: ClearText,
  region?: string,
): Promise<ParameterStoreMethods & OwnClient> {
  const sdk = await import("./parameter-store-sdk.ts");
  const client = new sdk.SSMClient(clientConfig(options, region));
  const own = ownClient(client, options, clearText);
  return {
    ...own,
    getParameter: (input, { abortSignal }) =>
      own.send(() => client.send(new sdk.GetParameterCommand(input), { abortSignal })),
    getParameters: (input, { abortSignal }) =>
      own.send(() => client.send(new sdk.GetParametersCommand(input), { abortSignal })),
    getParametersByPath: (input, { abortSignal }) =>
      own.send(() => client.send(new sdk.GetParametersByPathCommand(input), { abortSignal })),
    describeParameters: (input, { abortSignal }) =>
      own.send(() =>
        client.send(new sdk.DescribeParametersCommand(input as DescribeParametersCommandInput), { abortSignal }),
      ),
  };
}
