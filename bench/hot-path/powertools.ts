import { DEFAULT_PROVIDERS } from "@aws-lambda-powertools/parameters/base";
import { getSecret, SecretsProvider } from "@aws-lambda-powertools/parameters/secrets";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

/** Longer than any run, seconds: only hits are measured. */
const maxAge = 24 * 3600;

/** The real Powertools with the real SDK client, whose transport is an answer in memory; loads each name once. */
export async function filledPowertools(names: readonly string[], value: string): Promise<typeof getSecret> {
  let requests = 0;
  const client = new SecretsManagerClient({
    region: "eu-west-1",
    credentials: { accessKeyId: "example", secretAccessKey: "example" },
    requestHandler: {
      handle: async () => {
        requests += 1;
        const body = new TextEncoder().encode(JSON.stringify({ SecretString: value }));
        return { response: { statusCode: 200, headers: {}, body } };
      },
    },
  });
  (DEFAULT_PROVIDERS as Record<string, unknown>).secrets = new SecretsProvider({ awsSdkV3Client: client });
  for (const name of names) await getSecret(name, { maxAge });
  for (const name of names) {
    if ((await getSecret(name)) !== value) throw new Error("Powertools did not answer with the value.");
  }
  if (requests !== names.length) throw new Error("Powertools did not answer from its cache.");
  return getSecret;
}
