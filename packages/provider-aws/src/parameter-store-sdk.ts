// Imported on first use alone, so that the SDK is; and by names, so that a bundler can leave out its other commands.
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
import { clientConfig } from "./client-config.ts";
import { type OwnClient, ownClient } from "./own-client.ts";
import type { ParameterStoreMethods } from "./parameter-store-methods.ts";

export function makeParameterStore(
  options: AwsOptions,
  clearText: ClearText,
  region?: string,
): ParameterStoreMethods & OwnClient {
  const client = new SSMClient(clientConfig(options, region));
  const own = ownClient(client, options, clearText);
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
