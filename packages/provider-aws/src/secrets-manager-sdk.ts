// Imported on first use alone, so that the SDK is; and by names, so that a bundler can leave out its other commands.
import {
  BatchGetSecretValueCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import type { AwsOptions } from "./aws-options.ts";
import type { ClearText } from "./clear-text.ts";
import { clientConfig } from "./client-config.ts";
import { type OwnClient, ownClient } from "./own-client.ts";
import type { SecretsManagerMethods } from "./secrets-manager-methods.ts";

export function makeSecretsManager(
  options: AwsOptions,
  clearText: ClearText,
  region?: string,
): SecretsManagerMethods & OwnClient {
  const client = new SecretsManagerClient(clientConfig(options, region));
  const own = ownClient(client, options, clearText);
  return {
    ...own,
    getSecretValue: (input, { abortSignal }) =>
      own.send(() => client.send(new GetSecretValueCommand(input), { abortSignal })),
    batchGetSecretValue: (input, { abortSignal }) =>
      own.send(() => client.send(new BatchGetSecretValueCommand(input), { abortSignal })),
    describeSecret: (input, { abortSignal }) =>
      own.send(() => client.send(new DescribeSecretCommand(input), { abortSignal })),
  };
}
