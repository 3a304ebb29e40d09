// Imported on first use alone, so that the SDK is; and by names, so that a bundler can leave out its other commands.
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { AwsOptions } from "./aws-options.ts";
import { clientConfig } from "./client-config.ts";
import type { OwnClient } from "./region-clients.ts";
import type { SecretsManagerMethods } from "./secrets-manager-methods.ts";
import { hostStep, watchHosts } from "./watch-hosts.ts";

export function makeSecretsManager(options: AwsOptions, region?: string): SecretsManagerMethods & OwnClient {
  const client = new SecretsManagerClient(clientConfig(options, region));
  client.middlewareStack.add(watchHosts, hostStep);
  return {
    getSecretValue: (input, { abortSignal }) => client.send(new GetSecretValueCommand(input), { abortSignal }),
    region: () => client.config.region(),
    destroy: () => client.destroy(),
  };
}
