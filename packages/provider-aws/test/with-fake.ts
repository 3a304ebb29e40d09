import { onTestFinished } from "vitest";
import { awsSecretsManager, type SecretsManagerOptions } from "../src/index.ts";
import { FakeSecretsManager } from "./fake-secrets-manager.ts";
import { testCredentials } from "./json-service.ts";

/** A source in front of a fake of its own, both of which end with the test. */
export async function withFake(options: SecretsManagerOptions = {}) {
  const fake = new FakeSecretsManager();
  await fake.service.listen();
  const { url } = fake.service;
  const source = awsSecretsManager({ region: "eu-west-1", endpoint: url, credentials: testCredentials, ...options });
  onTestFinished(async () => {
    await source.close?.();
    await fake.service.close();
  });
  return { fake, source };
}
