import type { WireRequest } from "@secretsource/conformance/wire";
import { createSecrets } from "@secretsource/core";
import { describe, expect, test } from "vitest";
import { askBatch } from "../test/ask.ts";
import { errorAnswer, operationOf } from "../test/json-service.ts";
import { withFake } from "../test/with-fake.ts";

describe("a batch", () => {
  test("answers in order by one request, of names and ARNs", async () => {
    const { fake, source, calls } = await withFake();
    for (const name of ["a", "b", "c"]) fake.put(name, `value of ${name}`);
    const ids = ["c", fake.arnOf("a"), "b", fake.arnOf("c").slice(0, -7)];
    const answers = await askBatch(source, ids);
    expect(answers).toMatchObject(["c", "a", "b", "c"].map((name) => ({ payload: `value of ${name}` })));
    expect(calls()).toEqual([["BatchGetSecretValue", { SecretIdList: ids }]]);
  });

  test("tells what each of its items is", async () => {
    const { fake, source, calls } = await withFake();
    for (const name of ["good", "gone", "denied", "bytes"]) fake.put(name, "x");
    fake.put("bytes", Uint8Array.of(255));
    fake.remove("gone");
    fake.deny("GetSecretValue", "denied");
    expect(await askBatch(source, ["good", "none", "gone", "denied", "not legal", "bytes"])).toMatchObject([
      { payload: "x" },
      { failure: "not-found", advice: expect.stringContaining("`eu-west-1`") },
      { failure: "deleted" },
      { failure: "access-denied", advice: expect.stringContaining("`secretsmanager:GetSecretValue`") },
      { failure: "invalid-request" },
      { payload: Uint8Array.of(255) },
    ]);
    expect(calls()).toHaveLength(1);
  });

  test("leaves other versions and other regions to reads of their own", async () => {
    const { fake, source, calls } = await withFake();
    fake.put("a", "1");
    const abroad = fake.arnOf("a").replace("eu-west-1", "us-east-1");
    const refs = [
      { name: "a", version: "previous" },
      { name: "a", version: { id: "a".repeat(36) } },
      { name: abroad, version: "current" },
    ] as const;
    const context = { signal: AbortSignal.timeout(5000), bypassCaches: false };
    expect(await source.batch?.read(refs, context)).toEqual(["alone", "alone", "alone"]);
    expect(calls()).toEqual([]);
  });

  test("leaves what is answered with another stage, with two versions, or not at all to a read of its own", async () => {
    const { server, source } = await withFake();
    const value = (Name: string, stages: string[], version = "v") => ({
      Name,
      ARN: `arn:aws:secretsmanager:eu-west-1:123456789012:secret:${Name}-abcdef`,
      VersionId: version.repeat(36),
      SecretString: "old",
      VersionStages: stages,
    });
    const SecretValues = [
      value("moved", ["AWSPREVIOUS"]),
      value("twice", ["AWSCURRENT"]),
      value("twice", ["AWSCURRENT"], "w"),
      value("good", ["AWSCURRENT", "AWSPENDING"]),
    ];
    const Errors = [{ SecretId: "odd", ErrorCode: "InvalidRequestException", Message: "Not now." }];
    await server.inject({ body: JSON.stringify({ SecretValues, Errors, NextToken: "more" }) });
    const answers = await askBatch(source, ["moved", "twice", "good", "absent", "odd"]);
    expect(answers).toMatchObject(["alone", "alone", { payload: "old" }, "alone", "alone"]);
  });

  test("that is denied as such is one failure that names its permission, and core does without", async () => {
    const { fake, source, calls } = await withFake();
    fake.put("a", "1");
    fake.put("b", "2");
    fake.deny("BatchGetSecretValue");
    expect(await askBatch(source, ["a", "b"])).toMatchObject({
      failure: "access-denied",
      advice: expect.stringContaining("`secretsmanager:BatchGetSecretValue`"),
    });
    await using secrets = createSecrets({ source });
    const values = await Promise.all(["a", "b"].map((name) => secrets.getSecret(name)));
    expect(values.map((value) => value.reveal())).toEqual(["1", "2"]);
    const later = calls().map(([operation]) => operation);
    expect(later.slice(1)).toEqual(["BatchGetSecretValue", "GetSecretValue", "GetSecretValue"]);
  });

  test("of a hundred secrets is five requests", async () => {
    const { fake, source, calls } = await withFake();
    const names = Array.from({ length: 100 }, (_, index) => `s-${index}`);
    for (const name of names) fake.put(name, name);
    await using secrets = createSecrets({ source });
    const values = await Promise.all(names.map((name) => secrets.getSecret(name)));
    expect(values.map((value) => value.reveal())).toEqual(names);
    expect(calls().map(([operation]) => operation)).toEqual(Array.from({ length: 5 }, () => "BatchGetSecretValue"));
  });

  test("whose answer is an error about one secret is no word about the others", async () => {
    const { fake, server, source } = await withFake();
    fake.put("a", "1");
    fake.put("b", "2");
    const isBatch = (request: WireRequest) => operationOf(request) === "BatchGetSecretValue";
    await server.inject(errorAnswer("ResourceNotFoundException", "can't find"), { where: isBatch });
    await using secrets = createSecrets({ source });
    const values = await Promise.all(["a", "b"].map((name) => secrets.getSecret(name)));
    expect(values.map((value) => value.reveal())).toEqual(["1", "2"]);
  });
});
