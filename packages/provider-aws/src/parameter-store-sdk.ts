// Imported by names, so that a bundler can leave out the SDK's other commands.
import {
  DescribeParametersCommand,
  type DescribeParametersCommandInput,
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  SSMClient,
} from "@aws-sdk/client-ssm";
import type { AwsOptions } from "./aws-options.ts";
import type { ClearText } from "./clear-text.ts";
import { clientAgents } from "./client-agents.ts";
import { clientConfig } from "./client-config.ts";
import { type OwnClient, ownClient } from "./own-client.ts";
import { parameterStoreCalls } from "./parameter-store-calls.ts";
import type { ParameterStoreMethods } from "./parameter-store-methods.ts";
import { ownClients } from "./service-clients.ts";
import type { SourceCalls } from "./source-calls.ts";

/** By clients of ours. */
export function ownParameterStore(options: AwsOptions, expiryDates: boolean): SourceCalls {
  const clients = ownClients((clearText, region) => makeParameterStore(options, clearText, region));
  return parameterStoreCalls(clients, expiryDates);
}

function makeParameterStore(
  options: AwsOptions,
  clearText: ClearText,
  region: string | undefined,
): ParameterStoreMethods & OwnClient {
  const agents = clientAgents();
  const client = new SSMClient(clientConfig(options, region, agents));
  const own = ownClient(client, options, clearText, agents);
  return {
    ...own,
    getParameter: (input, { abortSignal }) =>
      own.send(() => client.send(new GetParameterCommand(input), { abortSignal })),
    getParameters: (input, { abortSignal }) =>
      own.send(() => client.send(new GetParametersCommand(input), { abortSignal })),
    getParametersByPath: (input, { abortSignal }) =>
      own.send(() => client.send(new GetParametersByPathCommand(input), { abortSignal })),
    describeParameters: (input, { abortSignal }) =>
      own.send(() =>
        client.send(new DescribeParametersCommand(input as DescribeParametersCommandInput), { abortSignal }),
      ),
  };
}
