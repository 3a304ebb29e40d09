import { onTestFinished } from "vitest";
import { awsSecretsAgent, type SecretsAgentOptions } from "../src/index.ts";
import { FakeLambdaExtension } from "./fake-lambda-extension.ts";
import { FakeSecretsAgent } from "./fake-secrets-agent.ts";

/** The agent, and a source that asks it; it ends with the test. */
export async function withFakeAgent(options: SecretsAgentOptions = {}) {
  const fake = await FakeSecretsAgent.start();
  onTestFinished(() => fake.close());
  const source = awsSecretsAgent({ url: localUrl(fake.server.port), token: () => fake.token, ...options });
  return { fake, source, paths: () => fake.server.requests.map(({ url }) => url) };
}

/** The extension, and a source for each of its services. */
export async function withFakeExtension() {
  const fake = await FakeLambdaExtension.start();
  onTestFinished(() => fake.close());
  const common = { cache: "lambda-extension", url: localUrl(fake.server.port), token: () => fake.token } as const;
  return {
    fake,
    secrets: awsSecretsAgent(common),
    parameters: awsSecretsAgent({ ...common, service: "ssm" }),
    paths: () => fake.server.requests.map(({ url }) => url),
  };
}

export function localUrl(port: number): string {
  return `http://localhost:${port}`;
}
