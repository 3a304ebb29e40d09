import { describe, expect, test } from "vitest";
import { anyone } from "../../test/connect.ts";
import { FakeKv1 } from "../../test/fake/fake-kv.ts";
import { FakeLogin } from "../../test/fake/fake-logins.ts";
import { startFake } from "../../test/fake/start-fake.ts";
import type { VaultKvOptions } from "./kv-options.ts";
import { vaultKv } from "./vault-kv.ts";

const now = Date.UTC(2026, 0, 1);
const context = { signal: new AbortController().signal, bypassCaches: true };

async function open(options: VaultKvOptions = {}) {
  const fake = await startFake(() => now);
  const { vault } = fake;
  vault.mounts.set("auth/anyone/", new FakeLogin(vault.tokens, {}, () => undefined));
  const source = vaultKv({ address: fake.address, env: {}, login: anyone, ...options });
  return {
    ...fake,
    source,
    read: (name: string, version: Parameters<typeof source.read>[0]["version"] = "current") =>
      source.read({ name, version }, context),
    probe: (name: string, version: Parameters<typeof source.read>[0]["version"] = "current") =>
      source.probe?.({ name, version }, context),
    async [Symbol.asyncDispose]() {
      await source.close?.();
      await fake.server.close();
    },
  };
}

describe("version 2", () => {
  test("a record: all fields as JSON text, its number, its dates, custom metadata, the request's id", async () => {
    await using at = await open();
    at.vault.kv.put("app/db", '{"username":"u","password":"p"}');
    at.vault.kv.custom.set("app/db", { owner: "team" });
    expect(await at.read("app/db")).toEqual({
      payload: '{"username":"u","password":"p"}',
      version: "1",
      createdAt: now,
      metadata: { owner: "team" },
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
    });
    expect(at.asked()).toEqual([
      "POST auth/anyone/login",
      "GET sys/internal/ui/mounts/secret",
      "GET secret/data/app/db",
    ]);
  });

  test("numbers stay as they were written", async () => {
    await using at = await open();
    const json = '{"big":12345678901234567890,"price":1.10,"exp":1e2,"nested":[{"n":-0.0}],"text":"1.10"}';
    at.vault.kv.put("numbers", json);
    expect(await at.read("numbers")).toMatchObject({ payload: json });
  });

  test("names that every object has are fields like any other", async () => {
    await using at = await open();
    const json = '{"__proto__":{"a":"1"},"constructor":"2"}';
    at.vault.kv.put("odd", json);
    expect(await at.read("odd")).toMatchObject({ payload: json });
  });

  test("one field: a text as it is, anything else as JSON; without it, field-not-found", async () => {
    await using at = await open({ field: "value" });
    at.vault.kv.put("text", '{"value":" a\\n"}');
    at.vault.kv.put("number", '{"value":1.10}');
    at.vault.kv.put("other", '{"password":"p"}');
    expect(await at.read("text")).toMatchObject({ payload: " a\n" });
    expect(await at.read("number")).toMatchObject({ payload: "1.10" });
    expect(await at.read("other")).toMatchObject({ failure: "field-not-found" });
    const { failure } = (await at.read("toString")) as { failure?: string };
    expect(failure).toBe("not-found");
  });

  test("deleted, destroyed and missing are three things", async () => {
    await using at = await open();
    for (const name of ["deleted", "destroyed", "planned"]) at.vault.kv.put(name, "{}");
    at.vault.kv.version("deleted").deletedAt = now - 1;
    at.vault.kv.version("destroyed").destroyed = true;
    at.vault.kv.version("planned").deletedAt = now + 60_000;
    for (const look of [at.read, at.probe]) {
      expect(await look("deleted")).toMatchObject({ failure: "deleted", advice: expect.stringContaining("undelete") });
      expect(await look("destroyed")).toMatchObject({
        failure: "deleted",
        advice: expect.stringContaining("for good"),
      });
      expect(await look("missing")).toMatchObject({ failure: "not-found" });
      expect(await look("planned")).toMatchObject({ version: "1" });
    }
    expect(await at.read("planned")).toMatchObject({ metadata: { deletion_time: "2026-01-01T00:01:00.000Z" } });
  });

  test("previous is the newest version below the current one that still exists", async () => {
    await using at = await open();
    for (const n of [1, 2, 3, 4, 5]) at.vault.kv.put("p", `{"n":${n}}`);
    at.vault.kv.version("p", 4).destroyed = true;
    at.vault.kv.version("p", 3).deletedAt = now - 1;
    expect(await at.read("p", "previous")).toMatchObject({ payload: '{"n":2}', version: "2" });
    expect(await at.probe("p", "previous")).toEqual({ version: "2" });
    at.vault.kv.version("p", 5).deletedAt = now - 1;
    expect(await at.read("p", "previous")).toMatchObject({ version: "2" });
    for (const n of [1, 2]) at.vault.kv.version("p", n).destroyed = true;
    expect(await at.read("p", "previous")).toMatchObject({ failure: "version-not-found" });
    expect(await at.read("none", "previous")).toMatchObject({ failure: "not-found" });
  });

  test("a version by its number, and no other spelling of one", async () => {
    await using at = await open();
    for (const n of [1, 2]) at.vault.kv.put("p", `{"n":${n}}`);
    expect(await at.read("p", { id: "1" })).toMatchObject({ payload: '{"n":1}', version: "1" });
    for (const id of ["3", "0", "-1", "01", "1.0", "", "1&version=2", "9999999999"]) {
      expect(await at.read("p", { id })).toMatchObject({ failure: "version-not-found" });
    }
    at.vault.kv.version("p", 1).destroyed = true;
    expect(await at.read("p", { id: "1" })).toMatchObject({ failure: "deleted" });
  });

  test("a policy without metadata: previous and probes are denied, with the rule that is missing", async () => {
    await using at = await open();
    at.vault.kv.put("p", "{}");
    at.vault.deny("secret/metadata/p");
    const advice = expect.stringContaining("`read` on `secret/metadata/p`");
    expect(await at.probe("p")).toMatchObject({ failure: "access-denied", advice });
    expect(await at.read("p", "previous")).toMatchObject({ failure: "access-denied", advice });
    expect(await at.read("p")).toMatchObject({ version: "1" });
  });

  test.each(["", "/a", "a/", "a//b", ".", "a/../b", "a/.", "a\u00a0b", "a\u200bb", "a\nb"])(
    "the name %j stays at home",
    async (name) => {
      await using at = await open();
      expect(await at.read(name)).toMatchObject({ failure: "invalid-request" });
      expect(await at.probe(name)).toMatchObject({ failure: "invalid-request" });
      expect(at.asked()).toEqual([]);
    },
  );

  test.each(["a?b", "a#b", "a%2Fb", "a b", "ä/ö", "a+b*c", "a\\b", "..a"])("the name %j is its own", async (name) => {
    await using at = await open();
    at.vault.kv.put(name, "{}");
    expect(await at.read(name)).toMatchObject({ payload: "{}" });
  });
});

describe("the engine's version", () => {
  async function openPlain(options: VaultKvOptions = {}) {
    const at = await open({ mount: "old/kv", ...options });
    const kv = new FakeKv1();
    kv.secrets.set("a", '{"password":"p"}');
    kv.secrets.set("data/b", '{"password":"q"}');
    at.vault.mounts.set("old/kv/", kv);
    return at;
  }

  test("is asked for once, however many read", async () => {
    await using at = await open();
    at.vault.kv.put("a", "{}");
    await Promise.all(Array.from({ length: 10 }, () => at.read("a")));
    await at.read("a");
    expect(at.asked().filter((one) => one.includes("ui/mounts"))).toHaveLength(1);
  });

  test("1: a record without a version; versions are unsupported, and so are probes", async () => {
    await using at = await openPlain();
    expect(await at.read("a")).toEqual({ payload: '{"password":"p"}', requestId: expect.any(String) });
    expect(await at.read("none")).toMatchObject({ failure: "not-found" });
    expect(await at.read("a", "previous")).toMatchObject({ failure: "unsupported" });
    expect(await at.probe("a")).toMatchObject({ failure: "unsupported" });
  });

  test("given: nothing is asked, and the source promises what it can", async () => {
    await using at = await openPlain({ version: 1 });
    expect(await at.read("a")).toMatchObject({ payload: '{"password":"p"}' });
    expect(at.asked()).toEqual(["POST auth/anyone/login", "GET old/kv/a"]);
    expect([at.source.traits.stages, at.source.traits.versionIds, at.source.probe]).toEqual([
      ["current"],
      false,
      undefined,
    ]);
  });

  test("not to be asked for: found out by what answers", async () => {
    await using one = await openPlain();
    one.vault.deny("sys/internal/ui/mounts/old/kv");
    expect(await one.read("a")).toMatchObject({ payload: '{"password":"p"}' });
    expect(await one.read("data/b")).toMatchObject({ payload: '{"password":"q"}' });
    await using two = await open();
    two.vault.deny("sys/internal/ui/mounts/secret");
    two.vault.kv.put("a", '{"n":1}');
    expect(await two.read("none")).toMatchObject({ failure: "not-found" });
    expect(await two.read("a")).toMatchObject({ payload: '{"n":1}', version: "1" });
    expect(two.asked().filter((path) => path.includes("ui/mounts"))).toHaveLength(1);
  });

  test("not to be asked for, and a policy for the form of version 1 alone", async () => {
    await using at = await openPlain();
    at.vault.deny("sys/internal/ui/mounts/old/kv", "old/kv/data/a");
    expect(await at.read("a")).toMatchObject({ payload: '{"password":"p"}' });
  });

  test("not to be asked for, and denied in both forms: the denial", async () => {
    await using at = await openPlain();
    at.vault.deny("sys/internal/ui/mounts/old/kv", "old/kv/data/a", "old/kv/a");
    expect(await at.read("a")).toMatchObject({ failure: "access-denied" });
  });

  test("2, though 1 was given: taken for what the server says", async () => {
    await using at = await open({ version: 1 });
    at.vault.kv.put("a", '{"n":1}');
    expect(await at.read("a")).toMatchObject({ payload: '{"n":1}', version: "1" });
    await at.read("a");
    expect(at.asked().slice(1)).toEqual(["GET secret/a", "GET secret/data/a", "GET secret/data/a"]);
  });

  test("an outage while it is asked for is no answer: the next read asks again", async () => {
    await using at = await open();
    at.vault.kv.put("a", "{}");
    await at.server.inject("unavailable", { where: ({ path }) => path.includes("ui/mounts") });
    expect(await at.read("a")).toMatchObject({ failure: "unavailable" });
    await at.server.heal();
    expect(await at.read("a")).toMatchObject({ version: "1" });
  });

  test("another engine at the mount says so", async () => {
    await using at = await open({ mount: "pki" });
    at.vault.mounts.set("pki/", { type: "pki", options: null, handle: () => "reset" });
    expect(await at.read("a")).toMatchObject({ failure: "invalid-request", advice: expect.stringContaining("no kv") });
  });

  test("nothing at the mount is no absence of the secret", async () => {
    await using at = await open({ mount: "nowhere" });
    expect(await at.read("a")).toMatchObject({
      failure: "invalid-request",
      advice: expect.stringContaining("mounted"),
    });
  });
});
