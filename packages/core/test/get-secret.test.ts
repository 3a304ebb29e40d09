import { describe, expect, test } from "vitest";
import { z } from "zod";
import { refusal } from "./outcomes.ts";
import { scriptedInstance } from "./scripted-instance.ts";
import { answers } from "./scripted-source.ts";

const Db = z.object({ user: z.string(), port: z.number() });
const db = '{"user":"app","port":5432}';

describe("getSecret decodes", () => {
  test.each<[string, string, object | undefined, unknown]>([
    ["text", "value", undefined, "value"],
    ["JSON to text where nothing else was asked", db, undefined, db],
    ["JSON to text where text was asked", db, { as: "text" }, db],
    ["JSON where JSON was asked", db, { as: "json" }, { user: "app", port: 5432 }],
    ["a JSON number where JSON was asked", "42", { as: "json" }, 42],
    ["JSON for a schema", db, { schema: Db }, { user: "app", port: 5432 }],
    ["text that is no JSON container for a schema", "42", { schema: z.string() }, "42"],
    ["a field", db, { field: "user" }, "app"],
    ["a field that is no text, as JSON", db, { field: "port", as: "json" }, 5432],
    ["a field for a schema", db, { field: "port", schema: z.number() }, 5432],
    ["text, then the schema", db, { as: "text", schema: z.string().transform((text) => text.length) }, db.length],
    ["JSON, then the field, then the schema", db, { as: "json", field: "port", schema: z.number().min(1) }, 5432],
  ])("%s", async (_what, payload, options, value) => {
    const { source, secrets, clock } = scriptedInstance(payload);
    const secret = await secrets.getSecret("db", options);
    expect(secret.reveal()).toEqual(value);
    expect(source.calls).toHaveLength(1);
    clock.assertIdle();
  });

  test("bytes, and bytes for a schema", async () => {
    const { secrets } = scriptedInstance(Uint8Array.of(0, 255, 1));
    const bytes = await secrets.getSecret("key", { as: "bytes" });
    expect(bytes.reveal()).toEqual(Uint8Array.of(0, 255, 1));
    const schema = z.instanceof(Uint8Array).transform((value) => value.length);
    expect((await secrets.getSecret("key", { as: "bytes", schema })).reveal()).toBe(3);
  });

  test.each<[string, string | Uint8Array, object | undefined, string]>([
    ["bytes that are no text", Uint8Array.of(255), undefined, "decode-failed"],
    ["no JSON where JSON was asked", "{broken", { as: "json" }, "decode-failed"],
    ["no such field", db, { field: "password" }, "field-not-found"],
    ["no field at all", "text", { field: "user" }, "field-not-found"],
    ["a path instead of a key", '{"a":{"b":"x"}}', { field: "a.b" }, "field-not-found"],
    ["a field that is no text", db, { field: "port" }, "decode-failed"],
    ["what the schema refuses", db, { schema: z.array(z.string()) }, "validation-failed"],
  ])("not %s, and says of which secret", async (_what, payload, options, code) => {
    const { secrets } = scriptedInstance(payload);
    const error = await refusal(secrets.getSecret("db", options));
    expect(error).toMatchObject({ code, source: "scripted", secretName: "db", retryable: false });
    expect(error.message).toContain('secret "db", source "scripted"');
    expect(error.advice).toEqual(expect.any(String));
  });

  test.each([
    { as: "text", field: "user" },
    { as: "bytes", field: "user" },
  ] as const)("no field with %j: a field is a key of JSON", async (options) => {
    const { secrets, source } = scriptedInstance(db);
    expect(await refusal(secrets.getSecret("db", options))).toMatchObject({ code: "invalid-options" });
    expect(source.calls).toEqual([]);
  });
});

describe("a secret", () => {
  test("carries the name, the version, the time and the metadata of its one record", async () => {
    const metadata = { owner: "team" };
    const { secrets, clock, source } = scriptedInstance(({ context: _ }) =>
      Promise.resolve({ payload: "value", version: "v7", metadata }),
    );
    const secret = await secrets.getSecret("prod/db");
    expect(secret).toMatchObject({ name: "prod/db", version: "v7", fetchedAt: clock.now(), stale: undefined });
    expect(secret.metadata).toEqual({ owner: "team" });
    expect(Object.isFrozen(secret.metadata)).toBe(true);
    metadata.owner = "mallory";
    expect((await secrets.getSecret("prod/db")).metadata).toEqual({ owner: "team" });
    expect(source.calls).toHaveLength(1);
  });

  test("has no version where the store has none, and no metadata where it says nothing", async () => {
    const { secrets } = scriptedInstance("value");
    expect(await secrets.getSecret("db")).toMatchObject({ version: undefined, metadata: {} });
  });

  test("gives nothing away unless it is revealed", async () => {
    const { secrets } = scriptedInstance("hunter2");
    const secret = await secrets.getSecret("db");
    expect(`${secret}`).toBe("[secret db: call reveal()]");
    expect(JSON.stringify({ secret })).toBe('{"secret":"[secret db: call reveal()]"}');
  });

  test("was fetched when its read began, less the age that it had upstream", async () => {
    const { secrets, clock } = scriptedInstance(answers({ payload: "value", ageMs: 2000 }));
    expect((await secrets.getSecret("db")).fetchedAt).toBe(clock.now() - 2000);
  });
});

test("two readings of one secret share one record: one call, one version", async () => {
  let reads = 0;
  const { secrets, source } = scriptedInstance(() => {
    reads += 1;
    return Promise.resolve({ payload: `{"user":"user-${reads}","password":"password-${reads}"}`, version: `${reads}` });
  });
  const [user, password, all] = await Promise.all([
    secrets.getSecret("db", { field: "user" }),
    secrets.getSecret("db", { field: "password" }),
    secrets.getSecret("db", { schema: z.object({ user: z.string(), password: z.string() }) }),
  ]);
  expect([user.reveal(), password.reveal(), user.version, password.version, all.version]).toEqual([
    "user-1",
    "password-1",
    "1",
    "1",
    "1",
  ]);
  expect(all.reveal()).toEqual({ user: "user-1", password: "password-1" });
  expect(source.calls).toHaveLength(1);
});
