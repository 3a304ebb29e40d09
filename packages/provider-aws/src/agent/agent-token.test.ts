import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { ask } from "../../test/ask.ts";
import { localUrl, withFakeAgent, withFakeExtension } from "../../test/with-fake-agent.ts";
import { awsSecretsAgent } from "../index.ts";

afterEach(() => vi.unstubAllEnvs());

async function tokenFile(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "agent-token-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "token");
  await writeFile(file, text);
  return file;
}

function withoutTokens(besides: Readonly<Record<string, string>> = {}): void {
  const names = ["AWS_TOKEN", "AWS_SESSION_TOKEN", "AWS_CONTAINER_AUTHORIZATION_TOKEN", "AWS_LAMBDA_FUNCTION_NAME"];
  for (const name of names) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries(besides)) vi.stubEnv(name, value);
}

/** The agent of a test, and a source that finds the token by itself. */
async function withoutOptions() {
  const { fake } = await withFakeAgent();
  fake.service.put("db", "1");
  return { fake, source: awsSecretsAgent({ url: localUrl(fake.server.port) }) };
}

test("a file is read for each request, without the blanks around the token", async () => {
  const file = await tokenFile("first\n");
  const { fake, source } = await withFakeAgent({ token: undefined, tokenFile: file });
  fake.service.put("db", "1");
  fake.token = "first";
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
  fake.token = "second";
  expect(await ask(source, "db")).toMatchObject({ failure: "unauthenticated", native: { status: 403 } });
  await writeFile(file, "  second\n\n");
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
});

test("AWS_TOKEN is a token, or names a file; it goes before what Lambda sets", async () => {
  const { fake, source } = await withoutOptions();
  withoutTokens({ AWS_TOKEN: fake.token, AWS_SESSION_TOKEN: "other", AWS_LAMBDA_FUNCTION_NAME: "f" });
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
  withoutTokens({ AWS_TOKEN: `file://${await tokenFile(`${fake.token}\n`)}` });
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
});

test("a session token goes to an agent in a Lambda function, and nowhere else", async () => {
  const { fake, source } = await withoutOptions();
  withoutTokens({ AWS_SESSION_TOKEN: fake.token, AWS_LAMBDA_FUNCTION_NAME: "f" });
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
  withoutTokens({ AWS_CONTAINER_AUTHORIZATION_TOKEN: fake.token, AWS_LAMBDA_FUNCTION_NAME: "f" });
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
  const before = fake.server.requests.length;
  withoutTokens({ AWS_SESSION_TOKEN: fake.token });
  expect(await ask(source, "db")).toMatchObject({ failure: expect.stringMatching(/^una/) });
  expect(fake.server.requests).toHaveLength(before);
});

test("the extension's is AWS_SESSION_TOKEN, looked at for each request", async () => {
  const { fake } = await withFakeExtension();
  fake.secrets.put("db", "1");
  const source = awsSecretsAgent({ cache: "lambda-extension", url: localUrl(fake.server.port) });
  withoutTokens({ AWS_TOKEN: "of the agent" });
  expect(await ask(source, "db")).toMatchObject({
    failure: "unauthenticated",
    advice: expect.stringContaining("AWS_SESSION_TOKEN"),
  });
  expect(fake.server.requests).toEqual([]);
  withoutTokens({ AWS_SESSION_TOKEN: fake.token });
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
});

test("the extension's port is the one of its variable", async () => {
  const { fake } = await withFakeExtension();
  fake.secrets.put("db", "1");
  vi.stubEnv("PARAMETERS_SECRETS_EXTENSION_HTTP_PORT", String(fake.server.port));
  const source = awsSecretsAgent({ cache: "lambda-extension", token: () => fake.token });
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
  vi.stubEnv("PARAMETERS_SECRETS_EXTENSION_HTTP_PORT", "70000");
  expect(() => awsSecretsAgent({ cache: "lambda-extension" })).toThrow(
    "PARAMETERS_SECRETS_EXTENSION_HTTP_PORT must be",
  );
});

test.each([
  ["a function that throws", { token: () => Promise.reject(new Error("hunter2")) }],
  ["an empty token", { token: () => "" }],
  ["a token of two lines", { token: () => "hunter2\r\nx-other: hunter2" }],
  ["a token that is no text", { token: () => ({ hunter2: 1 }) as unknown as string }],
  ["a token without end", { token: () => "hunter2".repeat(10_000) }],
])("%s is unauthenticated, and nothing is sent", async (_what, options) => {
  const { fake, source } = await withFakeAgent(options);
  const answer = await ask(source, "db");
  expect(answer).toMatchObject({ failure: "unauthenticated" });
  expect(JSON.stringify(answer)).not.toContain("hunter2");
  expect(fake.server.requests).toEqual([]);
});

test("a file that is not there means that the agent does not run; one that may not be read, who may", async () => {
  const { source } = await withFakeAgent({ token: undefined, tokenFile: join(tmpdir(), "no-such-token-file") });
  expect(await ask(source, "db")).toMatchObject({ failure: "unavailable", native: { code: "ENOENT" } });
  const file = await tokenFile("x");
  await chmod(file, 0);
  const { source: barred } = await withFakeAgent({ token: undefined, tokenFile: join(file, "below") });
  expect(await ask(barred, "db")).toMatchObject({
    failure: "unauthenticated",
    advice: expect.stringContaining("awssmatokenreader"),
  });
});

test("a token that is waited for is given up with the read", async () => {
  const controller = new AbortController();
  const { fake, source } = await withFakeAgent({
    token: () => {
      controller.abort(new Error("enough"));
      return new Promise<never>(() => {});
    },
  });
  const reading = source.read({ name: "db", version: "current" }, { signal: controller.signal, bypassCaches: false });
  await expect(reading).rejects.toThrow("enough");
  expect(fake.server.requests).toEqual([]);
});
