import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { createSecrets } from "@secretsource/core";
import { awsSecretsManager } from "@secretsource/provider-aws";
import type { Loop } from "../lib/take-turns.ts";
import type { Service } from "./service.ts";

/** Reads that are answered by the service, one after the other, each of a name that was never read before. */
export async function openReaders({
  settings,
}: Service): Promise<{ loops: Record<string, Loop>; close(): Promise<void> }> {
  const sdk = new SecretsManager({ ...settings, maxAttempts: 1 });
  const secrets = createSecrets({ source: awsSecretsManager(settings) });
  let read = 0;
  const nextName = () => `production/myapp/secret-${++read}`;
  return {
    loops: {
      sdk: async (times) => {
        for (let i = 0; i < times; i++) {
          const { SecretString } = await sdk.getSecretValue({ SecretId: nextName(), VersionStage: "AWSCURRENT" });
          if (SecretString === undefined) throw new Error("The SDK has read nothing.");
        }
      },
      ours: async (times) => {
        for (let i = 0; i < times; i++) await secrets.getSecret(nextName());
      },
    },
    async close() {
      sdk.destroy();
      await secrets.close();
    },
  };
}
