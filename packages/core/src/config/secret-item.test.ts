import { describe, expect, test } from "vitest";
import { z } from "zod";
import { memorySource } from "../built-in/memory-source.ts";
import { createSecrets } from "../client/create-secrets.ts";
import type { Secrets } from "../client/secrets.ts";
import type { Problem } from "../errors/problem.ts";
import { isSecretsError } from "../errors/secrets-error.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { type ConfigItem, loadConfig, secret } from "./index.ts";

const canary = "canary-7f21";
const Db = z.object({ password: z.string().min(5) });

function setUp(values: Record<string, string | Uint8Array> = {}) {
  const asked: string[] = [];
  const source = memorySource(values);
  const read: typeof source.read = (ref, context) => {
    asked.push(ref.name);
    return source.read(ref, context);
  };
  const secrets = createSecrets({
    sources: { main: { ...source, read }, other: memorySource({ a: "2" }) },
    default: "main",
  });
  return { secrets, source, asked };
}

async function load<Result>(item: ConfigItem<Result>, secrets: Secrets, env: Record<string, string> = {}) {
  return (await loadConfig({ item }, { secrets, env })).item as Result;
}

async function problemOf(item: ConfigItem, env: Record<string, string> = {}, { secrets } = setUp()): Promise<Problem> {
  const error: unknown = await load(item, secrets, env).catch((reason: unknown) => reason);
  if (!isSecretsError(error)) throw new Error("it loads");
  expect(error.message).not.toContain("canary");
  expect(error.problems).toHaveLength(1);
  return error.problems?.[0] as Problem;
}

describe("the options of getSecret", () => {
  test("as", async () => {
    const { secrets } = setUp({ a: new Uint8Array([1, 2]), j: "[1]" });
    expect((await load(secret("a", { as: "bytes" }), secrets)).reveal()).toEqual(new Uint8Array([1, 2]));
    expect((await load(secret("j", { as: "json" }), secrets)).reveal()).toEqual([1]);
  });

  test("field, with and without a schema", async () => {
    const { secrets } = setUp({ a: '{"port":1,"user":"u"}' });
    expect((await load(secret("a", { field: "user" }), secrets)).reveal()).toBe("u");
    expect((await load(secret("a", z.number(), { field: "port" }), secrets)).reveal()).toBe(1);
    expect((await load(secret("a", undefined, { field: "user" }), secrets)).reveal()).toBe("u");
  });

  test("any Standard Schema, a plain object too", async () => {
    const validate = (text: unknown) => ({ value: `${text}!` });
    const mine = { "~standard": { version: 1, vendor: "mine", validate } } as const;
    const { secrets } = setUp({ a: "x" });
    expect((await load(secret("a", mine), secrets)).reveal()).toBe("x!");
  });

  test("version and source", async () => {
    const { secrets, source } = setUp({ a: "old" });
    source.set("a", "new");
    expect((await load(secret("a", { version: "previous" }), secrets)).reveal()).toBe("old");
    expect((await load(secret("a", { version: { id: "2" } }), secrets)).reveal()).toBe("new");
    expect((await load(secret("a", { source: "other" }), secrets)).reveal()).toBe("2");
  });

  test("optional: absent is undefined, anything else is not", async () => {
    const { secrets } = setUp({ a: "{}" });
    expect(await load(secret("none", { optional: true }), secrets)).toBeUndefined();
    expect(await problemOf(secret("a", Db, { optional: true }), {}, setUp({ a: "{}" }))).toMatchObject({
      code: "validation-failed",
    });
  });
});

describe("an override", () => {
  test("takes the place of the store, which is not asked, and is a secret too", async () => {
    const { secrets, asked } = setUp({ db: '{"password":"stored"}' });
    const item = await load(secret("db", Db, { env: "DB" }), secrets, { DB: `{"password":"${canary}"}` });
    expect(item.reveal()).toEqual({ password: canary });
    expect(Object.isFrozen(item.reveal())).toBe(true);
    expect(asked).toEqual([]);
    expect(`${item} ${JSON.stringify(item)}`).toBe('[secret db: call reveal()] "[secret db: call reveal()]"');
    expect(item).toMatchObject({ name: "db", version: undefined, metadata: { variable: "DB" }, stale: undefined });
  });

  test("has the time of its reading", async () => {
    const clock = virtualClock({ now: 1234 });
    const config = await loadConfig({ a: secret("a", { env: "A" }) }, { clock, env: { A: "1" } });
    expect(config.a.fetchedAt).toBe(1234);
  });

  test.each([
    ["not set", {}],
    ["empty", { A: "" }],
  ])("is no override where the variable is %s", async (_, env) => {
    const { secrets, asked } = setUp({ a: "stored" });
    expect((await load(secret("a", { env: "A" }), secrets, env)).reveal()).toBe("stored");
    expect(asked).toEqual(["a"]);
  });

  test("holds the field itself", async () => {
    const { secrets } = setUp();
    const item = secret("db", { field: "password", env: "DB_PASSWORD" });
    expect((await load(item, secrets, { DB_PASSWORD: canary })).reveal()).toBe(canary);
    const port = secret("db", z.coerce.number(), { field: "port", env: "DB_PORT" });
    expect((await load(port, secrets, { DB_PORT: "5432" })).reveal()).toBe(5432);
  });

  test("is decoded as the secret is", async () => {
    const { secrets } = setUp();
    const bytes = await load(secret("k", { as: "bytes", env: "K" }), secrets, { K: "é" });
    expect(bytes.reveal()).toEqual(new Uint8Array([0xc3, 0xa9]));
    bytes.reveal().fill(0);
    expect(bytes.reveal()).toEqual(new Uint8Array([0xc3, 0xa9]));
    expect(await problemOf(secret("k", { as: "json", env: "K" }), { K: canary })).toEqual({
      path: "item",
      code: "decode-failed",
      source: "environment",
      name: "K",
      reason: expect.stringContaining("not JSON"),
    });
  });

  test("that the schema refuses is named by its variable, and does not fall back to the store", async () => {
    const scene = setUp({ db: '{"password":"stored"}' });
    expect(await problemOf(secret("db", Db, { env: "DB" }), { DB: '{"password":"cnry"}' }, scene)).toMatchObject({
      code: "validation-failed",
      source: "environment",
      name: "DB",
    });
    expect(scene.asked).toEqual([]);
  });

  test.each([
    ["is not set", {}],
    ["is empty", { A: "" }],
  ])("that would help is mentioned where the store fails: it %s", async (state, env) => {
    const { code, name, reason } = await problemOf(secret("a", { env: "A" }), env);
    expect([code, name]).toEqual(["not-found", "a"]);
    expect(reason).toContain(`The variable A, which would override it, ${state}.`);
  });
});

describe("mistakes are kept for loadConfig", () => {
  const wrong = secret as unknown as (...args: unknown[]) => ConfigItem;
  const throwing = Object.defineProperty({}, "env", {
    enumerable: true,
    get: () => {
      throw new Error(canary);
    },
  });
  test.each([
    ["an empty name", wrong(""), "must not be empty"],
    ["no name", wrong(undefined), "must be a string"],
    ["a pasted value for a name", wrong(`${canary}\n`), "control characters"],
    ["an option with a typo", wrong("a", { feild: "x" }), '"feild"'],
    ["a default", wrong("a", { default: canary }), "no default value"],
    ["a default beside a schema", wrong("a", Db, { default: canary }), "no default value"],
    ["a schema that is none", wrong("a", { parse: () => {} }, {}), "Standard Schema"],
    ["an instance for a schema", wrong("a", new Date()), "Standard Schema"],
    ["options that are none", wrong("a", Db, canary), "plain object"],
    ["as and field that contradict", wrong("a", { as: "text", field: "b" }), "`field`"],
    ["another version", wrong("a", { version: canary }), "`version`"],
    ["optional as text", wrong("a", { optional: "yes" }), "`optional`"],
    ["a variable's name that is none", wrong("a", { env: `${canary}=1` }), "`env`: A variable's name"],
    ["options that throw", wrong("a", throwing), "can be read"],
  ])("%s", async (_, item, reason) => {
    expect(await problemOf(item)).toMatchObject({ code: "invalid-options", reason: expect.stringContaining(reason) });
  });

  test("a source that the instance does not have", async () => {
    expect(await problemOf(secret("a", { source: "nowhere" }))).toMatchObject({
      code: "invalid-options",
      source: "nowhere",
      reason: expect.stringContaining("main, other"),
    });
  });
});
