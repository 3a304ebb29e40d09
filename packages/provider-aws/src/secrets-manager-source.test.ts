import type { WireRequest } from "@secretsource/conformance/wire";
import { describe, expect, test } from "vitest";
import { ask } from "../test/ask.ts";
import { errorAnswer, operationOf } from "../test/json-service.ts";
import { withFake } from "../test/with-fake.ts";

describe("a read", () => {
  test("gives text and bytes as they were put, with version, time, ARN and request id", async () => {
    const { fake, source } = await withFake();
    const before = Date.now();
    const version = fake.put("production/myapp/db", '{"password":"p"}');
    fake.put("key", Uint8Array.from([0, 255, 254]));
    const record = await ask(source, "production/myapp/db");
    expect(record).toEqual({
      payload: '{"password":"p"}',
      version,
      createdAt: expect.any(Number),
      metadata: { arn: fake.arnOf("production/myapp/db") },
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(record).toHaveProperty("createdAt", expect.closeTo(before, -3));
    expect(await ask(source, "key")).toMatchObject({ payload: Uint8Array.from([0, 255, 254]) });
  });

  test("always says which stage it asks for, by one request", async () => {
    const { fake, source, calls } = await withFake();
    const first = fake.put("db", "1");
    const second = fake.put("db", "2");
    fake.stage("db", "3");
    fake.label("db", "blue", first);
    for (const [version, payload] of [
      ["current", "2"],
      ["previous", "1"],
      ["pending", "3"],
      [{ id: first }, "1"],
      [{ id: second }, "2"],
      [{ label: "blue" }, "1"],
    ] as const) {
      expect(await ask(source, "db", version)).toMatchObject({ payload });
    }
    expect(calls().map(([, input]) => input)).toEqual([
      { SecretId: "db", VersionStage: "AWSCURRENT" },
      { SecretId: "db", VersionStage: "AWSPREVIOUS" },
      { SecretId: "db", VersionStage: "AWSPENDING" },
      { SecretId: "db", VersionId: first },
      { SecretId: "db", VersionId: second },
      { SecretId: "db", VersionStage: "blue" },
    ]);
  });

  test("tells an absent secret from an absent version, a deletion and a denial", async () => {
    const { fake, source } = await withFake();
    for (const name of ["db", "gone", "payroll"]) fake.put(name, "x");
    fake.remove("gone");
    fake.deny("GetSecretValue", "payroll");
    const notIn = (region: string) => ({ failure: "not-found", advice: expect.stringContaining(`\`${region}\``) });
    expect(await ask(source, "none")).toMatchObject(notIn("eu-west-1"));
    const abroad = fake.arnOf("db").replace("eu-west-1", "us-east-1").replace(":secret:db", ":secret:none");
    expect(await ask(source, abroad)).toMatchObject(notIn("us-east-1"));
    expect(await ask(source, "db", "previous")).toMatchObject({ failure: "version-not-found" });
    expect(await ask(source, "db", { id: "a".repeat(36) })).toMatchObject({ failure: "version-not-found" });
    expect(await ask(source, "db", { id: "a" })).toMatchObject({ failure: "version-not-found" });
    expect(await ask(source, "gone")).toMatchObject({ failure: "deleted" });
    expect(await ask(source, "payroll")).toMatchObject({
      failure: "access-denied",
      advice:
        "Grant `secretsmanager:GetSecretValue` on it to the identity that the program runs as; no policy (identity-based) does now.",
    });
  });

  test("of a version makes sure that the secret is not there, where the service says no more than that", async () => {
    const { fake, server, source, calls } = await withFake();
    fake.put("db", "x");
    const isRead = (request: WireRequest) => operationOf(request) === "GetSecretValue";
    await server.inject(errorAnswer("ResourceNotFoundException", "Not there."), { where: isRead });
    expect(await ask(source, "db", "previous")).toMatchObject({ failure: "version-not-found" });
    expect(await ask(source, "none", "previous")).toMatchObject({ failure: "not-found" });
    expect(await ask(source, "none")).toMatchObject({ failure: "not-found" });
    expect(calls()).toHaveLength(5);
  });

  test("whose refusal is in words that we do not know is `deleted` by its date", async () => {
    const { fake, server, source, calls } = await withFake();
    fake.put("gone", "x");
    fake.remove("gone");
    fake.put("db", "x");
    const isRead = (request: WireRequest) => operationOf(request) === "GetSecretValue";
    await server.inject(errorAnswer("InvalidRequestException", "Not now."), { where: isRead });
    expect(await ask(source, "gone")).toMatchObject({
      failure: "deleted",
      advice: expect.stringMatching(/restore-secret/),
    });
    expect(await ask(source, "db")).toMatchObject({ failure: "invalid-request" });
    fake.deny("DescribeSecret");
    expect(await ask(source, "gone")).toMatchObject({ failure: "invalid-request" });
    expect(calls().map(([operation]) => operation)).toEqual(
      ["gone", "db", "gone"].flatMap(() => ["GetSecretValue", "DescribeSecret"]),
    );
  });

  test("of a full and of a partial ARN; one that ends like an ARN and is none is refused", async () => {
    const { fake, source } = await withFake();
    fake.put("db", "1");
    fake.put("db-abcdef", "2");
    const full = fake.arnOf("db-abcdef");
    expect(await ask(source, fake.arnOf("db"))).toMatchObject({ payload: "1" });
    expect(await ask(source, full)).toMatchObject({ payload: "2" });
    expect(await ask(source, fake.arnOf("db").slice(0, -7))).toMatchObject({ payload: "1" });
    expect(await ask(source, full.slice(0, -7))).toMatchObject({
      failure: "invalid-request",
      advice: expect.stringContaining("full ARN"),
    });
  });

  test("of a name that ends like an ARN finds that name alone", async () => {
    const { fake, source } = await withFake();
    fake.put("db", "1");
    const alike = `db-${fake.arnOf("db").slice(-6)}`;
    expect(await ask(source, alike)).toMatchObject({ failure: "invalid-request" });
    fake.put(alike, "2");
    expect(await ask(source, alike)).toMatchObject({ payload: "2" });
  });

  test.each([
    "",
    "a b",
    "näme",
    "n".repeat(513),
    "arn:aws:s3:::bucket",
    "arn:aws:secretsmanager:eu-west-1:1:secret:db",
  ])("of the name %j is refused before the network is used", async (name) => {
    const { server, source } = await withFake();
    expect(await ask(source, name)).toMatchObject({ failure: "invalid-request" });
    expect(server.requests).toEqual([]);
  });
});
