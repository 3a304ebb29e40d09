import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import secretsManager from "@middy/secrets-manager";
import type { Service } from "./service.ts";

let instances = 0;

/**
 * Middy's middleware for these secrets, and what an invocation of a handler gets from it. Its cache is one for the process:
 * each instance has a key of its own.
 *
 * @param cacheExpiry ms; -1 is Middy's default and means for ever.
 */
export function middySecrets({ settings }: Service, names: readonly string[], cacheExpiry = -1) {
  const { before } = secretsManager({
    AwsClient: SecretsManagerClient,
    awsClientOptions: { ...settings, maxAttempts: 1 },
    fetchData: Object.fromEntries(names.map((name, index) => [`secret${index}`, name])),
    disablePrefetch: true,
    cacheKey: `bench-${instances++}`,
    cacheExpiry,
  });
  return async (): Promise<readonly unknown[]> => {
    const request = { event: {}, context: {}, response: null, error: null, internal: {} };
    await (before as (request: object) => unknown)(request);
    return Promise.all(Object.values(request.internal));
  };
}
