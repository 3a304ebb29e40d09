import { afterEach, expect, test, vi } from "vitest";
import { ask } from "../test/ask.ts";
import { environment } from "../test/bare-environment.ts";
import { FakeSecretsManager } from "../test/fake-secrets-manager.ts";
import { testCredentials } from "../test/json-service.ts";
import { awsParameterStore, awsSecretsManager } from "./index.ts";

// No name leads anywhere: which one was asked for is seen in the failure.
vi.mock(import("node:dns"), async (original) => {
  const lookup = (name: string, _options: object, done: (error: Error) => void) =>
    done(Object.assign(new Error("getaddrinfo ENOTFOUND"), { code: "ENOTFOUND", hostname: name }));
  const dns: object = await original();
  return { ...dns, lookup } as never;
});

afterEach(() => vi.unstubAllEnvs());

const keys = { AWS_ACCESS_KEY_ID: testCredentials.accessKeyId, AWS_SECRET_ACCESS_KEY: testCredentials.secretAccessKey };

test.each(["AWS_ENDPOINT_URL_SECRETS_MANAGER", "AWS_ENDPOINT_URL"])(
  "region, keys and endpoint are found in the environment: %s",
  async (variable) => {
    const fake = await FakeSecretsManager.start();
    fake.put("db", "1");
    environment({ ...keys, AWS_REGION: "eu-west-1", [variable]: fake.server.url });
    const source = awsSecretsManager.fromUri("aws-secrets-manager:");
    expect(await ask(source, "db")).toMatchObject({ payload: "1" });
    await source.close?.();
    await fake.server.close();
  },
);

test.each([
  [awsSecretsManager, { region: "us-east-1", useFipsEndpoint: true }, "secretsmanager-fips.us-east-1.amazonaws.com"],
  [awsParameterStore, { region: "eu-west-1", useDualstackEndpoint: true }, "ssm.eu-west-1.api.aws"],
  [awsSecretsManager, { region: "cn-north-1" }, "secretsmanager.cn-north-1.amazonaws.com.cn"],
  [awsParameterStore, { region: "eu-west-1" }, "ssm.eu-west-1.amazonaws.com"],
  [awsParameterStore, { region: "us-gov-west-1", useFipsEndpoint: true }, "ssm.us-gov-west-1.amazonaws.com"],
] as const)("%# leads to the region's own host, and a failure names it", async (make, options, host) => {
  environment(keys);
  const source = make({ ...options, credentials: testCredentials });
  expect(await ask(source, "/db")).toMatchObject({
    failure: "unavailable",
    advice: `The DNS finds no host \`${host}\`: check the region and the endpoint, and whether there is a DNS from here at all.`,
    native: { code: "ENOTFOUND" },
  });
  await source.close?.();
});

test("without credentials the places are named in which they were looked for", async () => {
  const fake = await FakeSecretsManager.start();
  environment({ AWS_REGION: "eu-west-1" });
  const source = awsSecretsManager({ endpoint: fake.server.url });
  expect(await ask(source, "db")).toMatchObject({
    failure: "unauthenticated",
    advice: expect.stringMatching(/AWS_ACCESS_KEY_ID.*shared configuration files.*AWS_WEB_IDENTITY_TOKEN_FILE.*IMDS/),
    native: { name: "CredentialsProviderError" },
  });
  expect(fake.server.requests).toEqual([]);
  await fake.server.close();
});

test("without a region, an ARN's will do", async () => {
  const fake = await FakeSecretsManager.start();
  fake.put("db", "1");
  environment(keys);
  const source = awsSecretsManager({ endpoint: fake.server.url });
  expect(await ask(source, "db")).toMatchObject({
    failure: "invalid-request",
    advice: expect.stringContaining("AWS_REGION"),
  });
  expect(await ask(source, fake.arnOf("db"))).toMatchObject({ payload: "1" });
  await source.close?.();
  await fake.server.close();
});

test("an endpoint of the environment that is no URL is said to be that, and not quoted", async () => {
  const url = "http://user:wT4bN8sHd5Jm@ no host";
  environment({ ...keys, AWS_REGION: "eu-west-1", AWS_ENDPOINT_URL: url });
  const failure = await ask(awsSecretsManager(), "db");
  expect(failure).toMatchObject({ failure: "invalid-request", advice: expect.stringContaining("AWS_ENDPOINT_URL") });
  expect(JSON.stringify(failure)).not.toContain("wT4bN8sHd5Jm");
});

test("a session token with a line end is said to be wrong, and not quoted", async () => {
  const fake = await FakeSecretsManager.start();
  environment({ ...keys, AWS_REGION: "eu-west-1", AWS_SESSION_TOKEN: "wT4bN8\r\nsHd5Jm: x" });
  const failure = await ask(awsSecretsManager({ endpoint: fake.server.url }), "db");
  expect(failure).toMatchObject({ failure: "unauthenticated", advice: expect.stringContaining("line end") });
  expect(JSON.stringify(failure)).not.toMatch(/wT4bN8|sHd5Jm/);
  expect(fake.server.requests).toEqual([]);
  await fake.server.close();
});

test.each([
  ["throws", () => Promise.reject(new Error("wT4bN8sHd5Jm"))],
  ["gives nothing", async () => undefined],
  ["gives half of them", async () => ({ accessKeyId: "wT4bN8sHd5Jm" })],
])("a function of credentials that %s is said to have failed", async (_what, credentials) => {
  const source = awsSecretsManager({ region: "eu-west-1", credentials: credentials as never });
  const failure = await ask(source, "db");
  expect(failure).toMatchObject({ failure: "unauthenticated", advice: expect.stringContaining("`credentials`") });
  expect(JSON.stringify(failure)).not.toContain("wT4bN8sHd5Jm");
});

test("what a provider of the SDK throws keeps its meaning", async () => {
  const denied = { name: "AccessDenied", message: "not authorized to perform: sts:AssumeRole", $metadata: {} };
  const source = awsSecretsManager({ region: "eu-west-1", credentials: () => Promise.reject(denied) });
  expect(await ask(source, "db")).toMatchObject({
    failure: "access-denied",
    advice: expect.stringContaining("`sts:AssumeRole`"),
  });
});
