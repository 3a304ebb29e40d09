import type { AwsOptions } from "./aws-options.ts";
import type { ClearText } from "./clear-text.ts";
import { clientConfig } from "./client-config.ts";
import { type OwnClient, ownClient } from "./own-client.ts";
import type { SecretsManagerMethods } from "./secrets-manager-methods.ts";
import { type ClientSettings, type ServiceClients, serviceClients } from "./service-clients.ts";

export type SecretsManagerClients = ServiceClients<SecretsManagerMethods>;

export function secretsManagerClients(settings: ClientSettings<SecretsManagerMethods>): SecretsManagerClients {
  return serviceClients(settings, makeSecretsManager);
}

async function makeSecretsManager(
  options: AwsOptions,
  clearText: ClearText,
  region?: string,
): Promise<SecretsManagerMethods & OwnClient> {
  const sdk = await import("./secrets-manager-sdk.ts");
  const client = new sdk.SecretsManagerClient(clientConfig(options, region));
  const own = ownClient(client, options, clearText);
  return {
    ...own,
    getSecretValue: (input, { abortSignal }) =>
      own.send(() => client.send(new sdk.GetSecretValueCommand(input), { abortSignal })),
    batchGetSecretValue: (input, { abortSignal }) =>
      own.send(() => client.send(new sdk.BatchGetSecretValueCommand(input), { abortSignal })),
    describeSecret: (input, { abortSignal }) =>
      own.send(() => client.send(new sdk.DescribeSecretCommand(input), { abortSignal })),
  };
}
