import { onTestFinished } from "vitest";
import { awsSecretsManager, type SecretsManagerOptions } from "../src/index.ts";
import { FakeSecretsManager, fakeRegion } from "./fake-secrets-manager.ts";
import { callsOf, testCredentials } from "./json-service.ts";

/** A source in front of a fake of its own, both of which end with the test. */
export async function withFake(options: SecretsManagerOptions = {}) {
  const fake = await FakeSecretsManager.start();
  const { server } = fake;
  const source = awsSecretsManager({
    region: fakeRegion,
    endpoint: server.url,
    credentials: testCredentials,
    ...options,
  });
  onTestFinished(async () => {
    await source.close?.();
    await server.close();
  });
  return { fake, server, source, calls: () => callsOf(server) };
}
