// Imported by names, so that a bundler can leave out the SDK's other commands.
import {
  BatchGetSecretValueCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import type { AwsOptions } from "./aws-options.ts";
import type { ClearText } from "./clear-text.ts";
import { clientAgents } from "./client-agents.ts";
import { clientConfig } from "./client-config.ts";
import { type OwnClient, ownClient } from "./own-client.ts";
import { type SecretsManagerCalls, secretsManagerCalls } from "./secrets-manager-calls.ts";
import type { SecretsManagerMethods } from "./secrets-manager-methods.ts";
import { ownClients } from "./service-clients.ts";

/** By clients of ours. */
export function ownSecretsManager(options: AwsOptions, rotationDates: boolean): SecretsManagerCalls {
  const clients = ownClients((clearText, region) => makeSecretsManager(options, clearText, region));
  return secretsManagerCalls(clients, rotationDates);
}

function makeSecretsManager(
  options: AwsOptions,
  clearText: ClearText,
  region: string | undefined,
): SecretsManagerMethods & OwnClient {
  const agents = clientAgents();
  const client = new SecretsManagerClient(clientConfig(options, region, agents));
  const own = ownClient(client, options, clearText, agents);
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
