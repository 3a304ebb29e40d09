import { onTestFinished } from "vitest";
import { awsParameterStore, type ParameterStoreOptions } from "../src/index.ts";
import { FakeParameterStore } from "./fake-parameter-store.ts";
import { callsOf, testCredentials } from "./json-service.ts";

/** A source in front of a fake of its own, both of which end with the test. */
export async function withFakeParameters(options: ParameterStoreOptions = {}) {
  const fake = await FakeParameterStore.start();
  const { server } = fake;
  const source = awsParameterStore({
    region: "eu-west-1",
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
