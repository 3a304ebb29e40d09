import { createSecrets } from "@secretsource/core";
import type { SecretSource, SourceContext } from "@secretsource/core/source";
import { virtualClock } from "@secretsource/core/testing";
import { describe, expect, test } from "vitest";
import { ask } from "../../test/ask.ts";
import { localUrl, withFakeAgent, withFakeExtension } from "../../test/with-fake-agent.ts";
import { awsSecretsAgent, type SecretsAgentOptions } from "../index.ts";

function readNow(source: SecretSource, name: string) {
  const context: SourceContext = { signal: AbortSignal.timeout(5000), bypassCaches: true };
  return source.read({ name, version: "current" }, context);
}

describe("the agent", () => {
  test("gives text and bytes with version, time and ARN, and says that they come from its cache", async () => {
    const { fake, source } = await withFakeAgent();
    const version = fake.service.put("production/db+1", "value");
    expect(await ask(source, "production/db+1")).toEqual({
      payload: "value",
      version,
      createdAt: expect.any(Number),
      metadata: { arn: fake.service.arnOf("production/db+1"), cachedBy: "aws-secrets-manager-agent" },
    });
    fake.service.put("bytes", new Uint8Array([0, 255, 10]));
    expect(await ask(source, "bytes")).toMatchObject({ payload: Buffer.from([0, 255, 10]) });
    expect(await ask(source, fake.service.arnOf("bytes"))).toMatchObject({ payload: Buffer.from([0, 255, 10]) });
  });

  test("is always asked for a stage or an id", async () => {
    const { fake, source, paths } = await withFakeAgent();
    const id = fake.service.put("a/b", "1");
    fake.service.label("a/b", "blue", id);
    await ask(source, "a/b");
    await ask(source, "a/b", "previous");
    await ask(source, "a/b", { label: "blue" });
    await ask(source, "a/b", { id });
    expect(paths()).toEqual([
      "/secretsmanager/get?secretId=a%2Fb&versionStage=AWSCURRENT",
      "/secretsmanager/get?secretId=a%2Fb&versionStage=AWSPREVIOUS",
      "/secretsmanager/get?secretId=a%2Fb&versionStage=blue",
      `/secretsmanager/get?secretId=a%2Fb&versionId=${id}`,
    ]);
  });

  test("is told to refresh where its cache is to be bypassed, and only there", async () => {
    const { fake, source, paths } = await withFakeAgent();
    fake.service.put("db", "old");
    await ask(source, "db");
    fake.service.put("db", "new");
    expect(await ask(source, "db")).toMatchObject({ payload: "old" });
    const fresh = await readNow(source, "db");
    expect(fresh).toMatchObject({ payload: "new" });
    expect(fresh).not.toHaveProperty("metadata.cachedBy");
    expect(await ask(source, "db")).toMatchObject({ payload: "new" });
    expect(paths().map((path) => path.includes("refreshNow=true"))).toEqual([false, false, true, false]);
  });

  test("a forced refresh of an instance goes past both caches", async () => {
    const { fake, source } = await withFakeAgent();
    const clock = virtualClock();
    const secrets = createSecrets({ source, clock });
    fake.service.put("db", "old");
    expect((await secrets.getSecret("db")).reveal()).toBe("old");
    fake.service.put("db", "new");
    await clock.advance(2000);
    expect((await secrets.getSecret("db", { refresh: true })).reveal()).toBe("new");
    await secrets.close();
  });

  test.each(["hang", "trickle"] as const)(
    "an abort ends a read during the fault %s, and its connection",
    async (fault) => {
      const { fake, source } = await withFakeAgent();
      fake.service.put("db", "1");
      await fake.server.inject(fault);
      const controller = new AbortController();
      const reading = source.read(
        { name: "db", version: "current" },
        { signal: controller.signal, bypassCaches: false },
      );
      const request = await fake.server.request(1);
      controller.abort(new Error("enough"));
      await expect(reading).rejects.toThrow("enough");
      expect(await request.end).toBe("cut");
    },
  );

  test("a thousand readers make one request", async () => {
    const { fake, source } = await withFakeAgent();
    fake.service.put("db", "1");
    const secrets = createSecrets({ source });
    await Promise.all(Array.from({ length: 1000 }, () => secrets.getSecret("db")));
    expect(fake.server.requests).toHaveLength(1);
    await secrets.close();
  });
});

describe("the extension", () => {
  test("gives secrets, text and bytes", async () => {
    const { fake, secrets, paths } = await withFakeExtension();
    const version = fake.secrets.put("db", "value");
    expect(await ask(secrets, "db")).toEqual({
      payload: "value",
      version,
      createdAt: expect.any(Number),
      metadata: { arn: fake.secrets.arnOf("db"), cachedBy: "aws-lambda-extension" },
    });
    fake.secrets.put("bytes", new Uint8Array([0, 255]));
    expect(await ask(secrets, "bytes")).toMatchObject({ payload: Buffer.from([0, 255]) });
    expect(paths()[0]).toBe("/secretsmanager/get?secretId=db&versionStage=AWSCURRENT");
  });

  test("gives parameters, decrypted, by version and label", async () => {
    const { fake, parameters, paths } = await withFakeExtension();
    fake.parameters.put("/production/db", "1");
    fake.parameters.put("/production/db", "2");
    fake.parameters.label("/production/db", "blue", "1");
    expect(await ask(parameters, "production/db")).toEqual({
      payload: "2",
      version: "2",
      createdAt: expect.any(Number),
      metadata: {
        arn: fake.parameters.arnOf("/production/db"),
        type: "SecureString",
        cachedBy: "aws-lambda-extension",
      },
    });
    expect(await ask(parameters, "/production/db", { id: "1" })).toMatchObject({ payload: "1", version: "1" });
    expect(await ask(parameters, "/production/db", { label: "blue" })).toMatchObject({ payload: "1" });
    const start = "/systemsmanager/parameters/get?name=%2Fproduction%2Fdb&withDecryption=true";
    expect(paths()).toEqual([start, `${start}&version=1`, `${start}&label=blue`]);
  });

  test("gives a secret behind a parameter's name, of the current version alone", async () => {
    const { fake, parameters } = await withFakeExtension();
    const id = "01234567-89ab-cdef-0123-456789abcdef";
    fake.parameters.putSecret("db", "value", id);
    const name = "/aws/reference/secretsmanager/db";
    expect(await ask(parameters, name)).toMatchObject({ payload: "value", version: id });
    expect(await ask(parameters, name, { id })).toMatchObject({ failure: "unsupported" });
  });

  test("reads no trees", async () => {
    const { parameters, paths } = await withFakeExtension();
    expect(await ask(parameters, "/production/")).toMatchObject({
      failure: "unsupported",
      advice: expect.stringContaining("awsParameterStore"),
    });
    expect(paths()).toEqual([]);
  });

  test("has no way past its cache, and says so", async () => {
    const { fake, secrets, paths } = await withFakeExtension();
    fake.secrets.put("db", "old");
    expect(await ask(secrets, "db")).not.toHaveProperty("warnings");
    fake.secrets.put("db", "new");
    expect(await readNow(secrets, "db")).toMatchObject({
      payload: "old",
      metadata: { cachedBy: "aws-lambda-extension" },
      warnings: [expect.stringContaining("SECRETS_MANAGER_TTL")],
    });
    fake.expire();
    expect(await ask(secrets, "db")).toMatchObject({ payload: "new" });
    expect(paths().every((path) => !path.includes("refreshNow"))).toBe(true);
  });
});

test.each<[string, object]>([
  ["another cache", { cache: "redis" }],
  ["another service", { service: "kms" }],
  ["parameters of the agent", { service: "ssm" }],
  ["two tokens", { token: () => "x", tokenFile: "x" }],
  ["a token itself, which belongs into no code", { token: "hunter2" }],
  ["a file without a name", { tokenFile: "" }],
  ["an option of another source", { region: "eu-west-1" }],
])("%s is refused", (_what, options) => {
  const make = () => awsSecretsAgent(options as SecretsAgentOptions);
  expect(make).toThrow(expect.objectContaining({ code: "invalid-options" }));
  expect(make).not.toThrow(/hunter2/);
});

test("a URI names the cache, the service, the address and the token's file", async () => {
  const { fake, paths } = await withFakeExtension();
  expect(awsSecretsAgent.fromUri("aws-secrets-agent:").traits.binary).toBe(true);
  const url = encodeURIComponent(localUrl(fake.server.port));
  const uri = `aws-secrets-agent:?cache=lambda-extension&service=ssm&url=${url}&tokenFile=/dev/null`;
  const source = awsSecretsAgent.fromUri(uri);
  expect(source).toMatchObject({ kind: "aws-secrets-agent", traits: { stages: ["current"], binary: false } });
  expect(await ask(source, "/db")).toMatchObject({ failure: "unauthenticated" });
  expect(paths()).toEqual([]);
  for (const wrong of ["aws-secrets-agent:x", "aws-secrets-agent:?token=hunter2", "env:"]) {
    expect(() => awsSecretsAgent.fromUri(wrong)).toThrow(expect.objectContaining({ code: "invalid-options" }));
  }
});
