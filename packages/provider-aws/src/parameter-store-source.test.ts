import { createSecrets } from "@secretsource/core";
import { describe, expect, test } from "vitest";
import { ask, askBatch } from "../test/ask.ts";
import { errorAnswer } from "../test/json-service.ts";
import { withFakeParameters } from "../test/with-fake-parameters.ts";

describe("a read", () => {
  test("gives a decrypted value with version, time, type, ARN and request id", async () => {
    const { fake, source, calls } = await withFakeParameters();
    fake.put("/production/myapp/db", "1");
    fake.put("/production/myapp/db", "2");
    fake.put("plain", "a,b", "StringList");
    for (const name of ["/production/myapp/db", "production/myapp/db"]) {
      expect(await ask(source, name)).toEqual({
        payload: "2",
        version: "2",
        createdAt: expect.any(Number),
        metadata: { arn: fake.arnOf("/production/myapp/db"), type: "SecureString" },
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      });
    }
    expect(await ask(source, "plain")).toMatchObject({ payload: "a,b", metadata: { type: "StringList" } });
    expect(await ask(source, fake.arnOf("/production/myapp/db"))).toMatchObject({ payload: "2" });
    expect(calls().map(([operation, { Name }]) => `${operation} ${Name}`)).toEqual([
      "GetParameter /production/myapp/db",
      "GetParameter /production/myapp/db",
      "GetParameter plain",
      `GetParameter ${fake.arnOf("/production/myapp/db")}`,
    ]);
  });

  test("finds a version by its number and by a label, and says which of them is missing", async () => {
    const { fake, server, source, calls } = await withFakeParameters();
    fake.put("/db", "1");
    fake.put("/db", "2");
    fake.label("/db", "blue", "1");
    expect(await ask(source, "/db", { id: "1" })).toMatchObject({ payload: "1", version: "1" });
    expect(await ask(source, "/db", { label: "blue" })).toMatchObject({ payload: "1", version: "1" });
    const noSuchVersion = { failure: "version-not-found", advice: expect.stringContaining("no version of it") };
    expect(await ask(source, "/db", { id: "3" })).toMatchObject(noSuchVersion);
    expect(await ask(source, "/none", { id: "1" })).toMatchObject({
      failure: "not-found",
      advice: expect.stringContaining("`eu-west-1`"),
    });
    expect(calls()).toHaveLength(5);
    await server.inject(errorAnswer("ParameterNotFound", ""), { times: 1 });
    expect(await ask(source, "/db", { label: "green" })).toMatchObject(noSuchVersion);
    expect(calls()).toHaveLength(7);
    for (const version of [{ id: "0" }, { id: "x" }, { id: "1:2" }, { label: "9lives" }, { label: "ssm-x" }]) {
      expect(await ask(source, "/db", version)).toMatchObject({ failure: "version-not-found" });
    }
    expect(calls()).toHaveLength(7);
  });

  test("of a reference gives the secret's value with the secret's version", async () => {
    const { fake, source } = await withFakeParameters();
    const id = "01234567-89ab-cdef-0123-456789abcdef";
    fake.putSecret("production/db+1", "value", id);
    const name = "/aws/reference/secretsmanager/production/db+1";
    expect(await ask(source, name)).toMatchObject({ payload: "value", version: id });
    expect(await ask(source, name, { id })).toMatchObject({ payload: "value", version: id });
    expect(await ask(source, name, { label: "AWSCURRENT" })).toMatchObject({ payload: "value" });
    expect(await ask(source, name, { label: "blue" })).toMatchObject({ failure: "version-not-found" });
    const none = "/aws/reference/secretsmanager/none";
    expect(await ask(source, none)).toMatchObject({ failure: "not-found" });
    expect(await ask(source, none, { label: "blue" })).toMatchObject({ failure: "not-found" });
  });

  test("of a reference that Secrets Manager refuses says what is known of it", async () => {
    const { fake, source } = await withFakeParameters();
    const id = "01234567-89ab-cdef-0123-456789abcdef";
    fake.putSecret("denied", "value", id, "denied");
    fake.putSecret("deleted", "value", id, "deleted");
    fake.putSecret("bytes", Uint8Array.of(1), id);
    const read = (name: string) => ask(source, `/aws/reference/secretsmanager/${name}`);
    expect(await read("denied")).toMatchObject({
      failure: "access-denied",
      advice: expect.stringContaining("`secretsmanager:GetSecretValue`"),
    });
    expect(await read("deleted")).toMatchObject({
      failure: "invalid-request",
      advice: expect.stringContaining("marked for deletion"),
    });
    expect(await read("bytes")).toMatchObject({
      failure: "unsupported",
      advice: expect.stringContaining("awsSecretsManager"),
    });
  });

  test("names the permission that is missing", async () => {
    const { fake, source } = await withFakeParameters();
    fake.put("/db", "1");
    fake.deny("GetParameter", "/db");
    expect(await ask(source, "/db")).toMatchObject({
      failure: "access-denied",
      advice: expect.stringContaining("`ssm:GetParameter`"),
    });
  });

  test("with `expiryDates` says until when it is valid, by a second request", async () => {
    const { fake, source, calls } = await withFakeParameters({ expiryDates: true });
    fake.put("/db", "1");
    expect(source.batch).toBeUndefined();
    expect(await ask(source, "/db")).not.toHaveProperty("validUntil");
    for (const [written, ms] of [
      ["2030-12-02T21:34:33.000Z", Date.UTC(2030, 11, 2, 21, 34, 33)],
      ["2030-11-01T22:13:48.87+10:30:00", Date.UTC(2030, 10, 1, 11, 43, 48, 870)],
    ] as const) {
      fake.expires("/db", written);
      expect(await ask(source, "/db")).toMatchObject({ payload: "1", validUntil: ms });
    }
    expect(
      calls()
        .map(([operation]) => operation)
        .sort(),
    ).toEqual([1, 2, 3].map(() => "DescribeParameters").concat([1, 2, 3].map(() => "GetParameter")));
    fake.deny("DescribeParameters");
    expect(await ask(source, "/db")).toMatchObject({
      payload: "1",
      warnings: [expect.stringContaining("`ssm:DescribeParameters`")],
    });
  });
});

describe("a batch", () => {
  test("answers in order by one request, and tells what is missing", async () => {
    const { fake, source, calls } = await withFakeParameters();
    for (const name of ["/a", "/b", "c"]) fake.put(name, `value of ${name}`);
    expect(await askBatch(source, ["c", "/none", "/a", "not legal", "/b", "/tree/"])).toMatchObject([
      { payload: "value of c" },
      { failure: "not-found", advice: expect.stringContaining("`eu-west-1`") },
      { payload: "value of /a" },
      { failure: "invalid-request" },
      { payload: "value of /b" },
      "alone",
    ]);
    expect(calls()).toEqual([["GetParameters", { Names: ["c", "/none", "/a", "/b"], WithDecryption: true }]]);
  });

  test("of a hundred parameters is ten requests", async () => {
    const { fake, source, calls } = await withFakeParameters();
    const names = Array.from({ length: 100 }, (_, index) => `/s/${index}`);
    for (const name of names) fake.put(name, name);
    await using secrets = createSecrets({ source });
    const values = await Promise.all(names.map((name) => secrets.getSecret(name)));
    expect(values.map((value) => value.reveal())).toEqual(names);
    expect(calls().map(([operation]) => operation)).toEqual(Array.from({ length: 10 }, () => "GetParameters"));
  });

  test("is asked again without the one parameter that may not be read, and given up after that", async () => {
    const { fake, source, calls } = await withFakeParameters();
    for (const name of ["/a", "b", "/c"]) fake.put(name, name);
    fake.deny("GetParameters", "b");
    expect(await askBatch(source, ["/a", "b", "/c"])).toMatchObject([{ payload: "/a" }, "alone", { payload: "/c" }]);
    expect(calls().map(([, { Names }]) => Names)).toEqual([
      ["/a", "b", "/c"],
      ["/a", "/c"],
    ]);
    fake.deny("GetParameters");
    expect(await askBatch(source, ["/a", "b", "/c"])).toMatchObject({
      failure: "access-denied",
      advice: expect.stringContaining("`ssm:GetParameters`"),
    });
    expect(calls()).toHaveLength(4);
  });

  test("leaves references to reads of their own, since one that is refused would spoil it for all", async () => {
    const { fake, source, calls } = await withFakeParameters();
    const reference = (name: string) => `/aws/reference/secretsmanager/${name}`;
    fake.put("/a", "1");
    fake.putSecret("good", "2", "01234567-89ab-cdef-0123-456789abcdef");
    fake.putSecret("denied", "3", "01234567-89ab-cdef-0123-456789abcdef", "denied");
    fake.putSecret("deleted", "4", "01234567-89ab-cdef-0123-456789abcdef", "deleted");
    const names = ["/a", ...["good", "denied", "deleted", "none"].map(reference)];
    expect(await askBatch(source, names)).toMatchObject([{ payload: "1" }, "alone", "alone", "alone", "alone"]);
    expect(calls().map(([, { Names }]) => Names)).toEqual([["/a"]]);
    await using secrets = createSecrets({ source });
    const outcomes = await Promise.all(
      names.map((name) =>
        secrets.getSecret(name, { optional: true }).then(
          (value) => value?.reveal(),
          ({ code }: { code: string }) => code,
        ),
      ),
    );
    expect(outcomes).toEqual(["1", "2", "access-denied", "invalid-request", undefined]);
  });

  test("with one path written in two ways is one parameter", async () => {
    const { fake, source, calls } = await withFakeParameters();
    fake.put("/a/b", "1");
    expect(await askBatch(source, ["/a/b", "a/b"])).toMatchObject([{ payload: "1" }, { payload: "1" }]);
    expect(calls().map(([, { Names }]) => Names)).toEqual([["/a/b"]]);
  });
});
