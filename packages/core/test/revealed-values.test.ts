import { describe, expect, test } from "vitest";
import { z } from "zod";
import { scriptedInstance } from "./scripted-instance.ts";

describe("JSON is shared and frozen through and through", () => {
  const payload = '{"hosts":[{"name":"a"}],"user":"app"}';

  test("where it was parsed", async () => {
    const { secrets } = scriptedInstance(payload);
    const value = (await secrets.getSecret("db", { as: "json" })).reveal() as {
      hosts: { name: string }[];
      user: string;
    };
    expect(() => {
      value.user = "mallory";
    }).toThrow(TypeError);
    expect(() => value.hosts.push({ name: "b" })).toThrow(TypeError);
    expect(() => {
      (value.hosts[0] as { name: string }).name = "mallory";
    }).toThrow(TypeError);
    expect((await secrets.getSecret("db", { as: "json" })).reveal()).toEqual(JSON.parse(payload));
  });

  test("where a schema made it", async () => {
    const schema = z.object({ hosts: z.array(z.object({ name: z.string() })) });
    const { secrets } = scriptedInstance(payload);
    const value = (await secrets.getSecret("db", { schema })).reveal();
    expect(() => value.hosts.push({ name: "b" })).toThrow(TypeError);
    expect((await secrets.getSecret("db", { schema })).reveal().hosts).toHaveLength(1);
  });

  test("where a field holds it", async () => {
    const { secrets } = scriptedInstance(payload);
    const hosts = (await secrets.getSecret("db", { field: "hosts", as: "json" })).reveal();
    expect(Object.isFrozen(hosts)).toBe(true);
  });
});

describe("bytes are copied at every reveal, so that each copy can be wiped:", () => {
  const key = Uint8Array.of(1, 2, 3);

  test("those of the payload", async () => {
    const { secrets } = scriptedInstance(key);
    const secret = await secrets.getSecret("key", { as: "bytes" });
    const copy = secret.reveal();
    copy.fill(0);
    expect(secret.reveal()).toEqual(key);
    expect((await secrets.getSecret("key", { as: "bytes" })).reveal()).toEqual(key);
    expect(secret.reveal()).not.toBe(secret.reveal());
  });

  test("those of a text payload", async () => {
    const { secrets } = scriptedInstance("abc");
    const secret = await secrets.getSecret("key", { as: "bytes" });
    secret.reveal().fill(0);
    expect(secret.reveal()).toEqual(Uint8Array.of(97, 98, 99));
    expect((await secrets.getSecret("key")).reveal()).toBe("abc");
  });

  test.each([
    ["a Uint8Array", (text: string) => new Uint8Array(Buffer.from(text, "base64"))],
    ["a Buffer", (text: string) => Buffer.from(text, "base64")],
  ])("%s that a schema made", async (_what, decode) => {
    const { secrets } = scriptedInstance(Buffer.from(key).toString("base64"));
    const schema = z.string().transform(decode);
    const secret = await secrets.getSecret("key", { schema });
    secret.reveal().fill(0);
    expect([...secret.reveal()]).toEqual([...key]);
    expect([...(await secrets.getSecret("key", { schema })).reveal()]).toEqual([...key]);
  });

  test("those in an object that a schema made", async () => {
    const { secrets } = scriptedInstance(`{"id":"a","key":"${Buffer.from(key).toString("base64")}"}`);
    const base64 = z.string().transform((text) => Buffer.from(text, "base64"));
    const schema = z.object({ id: z.string(), key: base64 });
    const secret = await secrets.getSecret("key", { schema });
    secret.reveal().key.fill(0);
    expect([...secret.reveal().key]).toEqual([...key]);
    expect([...(await secrets.getSecret("key", { schema })).reveal().key]).toEqual([...key]);
    expect(Object.isFrozen(secret.reveal())).toBe(true);
  });

  test("and the source may wipe its own", async () => {
    const own = Buffer.from("secret");
    const { secrets } = scriptedInstance(own);
    const secret = await secrets.getSecret("key");
    own.fill(0);
    expect(secret.reveal()).toBe("secret");
    expect((await secrets.getSecret("key", { as: "bytes" })).reveal()).toEqual(new Uint8Array(Buffer.from("secret")));
  });
});

test("a secret keeps what it held when a newer one was fetched", async () => {
  const { secrets, clock } = scriptedInstance([
    { payload: "old", version: "1" },
    { payload: "new", version: "2" },
  ]);
  const old = await secrets.getSecret("db");
  await clock.advance("5m");
  const next = await secrets.getSecret("db");
  expect([old.reveal(), old.version]).toEqual(["old", "1"]);
  expect([next.reveal(), next.version]).toEqual(["new", "2"]);
});
