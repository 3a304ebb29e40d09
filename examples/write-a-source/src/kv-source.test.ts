import { createSecrets } from "@secretsource/core";
import type { SecretRef, SecretSource } from "@secretsource/core/source";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { kvSource } from "./kv-source.ts";
import { type Store, startStore } from "./store.ts";

const CANARY = "canary-0b5e1d";
const context = { signal: new AbortController().signal, bypassCaches: false };
const current = (name: string): SecretRef => ({ name, version: "current" });

let store: Store;
let source: SecretSource;

beforeEach(async () => {
  store = await startStore({ "a-token": (key) => !key.startsWith("payroll") });
  source = kvSource({ url: store.url, token: "a-token" });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await store.stop();
});

describe("a read", () => {
  it("gives the bytes untouched, and the version", async () => {
    store.put("key", new Uint8Array([0, 0xff, 0xfe]));
    const record = await source.read(current("key"), context);
    expect(record).toMatchObject({ version: "1" });
    expect(new Uint8Array(record.failure === undefined ? (record.payload as Uint8Array) : [])).toEqual(
      new Uint8Array([0, 0xff, 0xfe]),
    );
  });

  it("takes every name literally", async () => {
    const names = ["a", "a/b", "a%2Fb", "a?version=1", "a#b", "../a", "ä b"];
    for (const name of names) store.put(name, name);
    for (const name of names) {
      const record = await source.read(current(name), context);
      expect(String(record.failure ?? record.payload), name).toBe(name);
    }
  });

  it("gives the version that was asked for", async () => {
    store.put("key", "first");
    store.put("key", "second");
    const pinned = await source.read({ name: "key", version: { id: "1" } }, context);
    expect(pinned).toMatchObject({ version: "1" });
    const absent = await source.read({ name: "key", version: { id: "3" } }, context);
    expect(absent).toMatchObject({ failure: "version-not-found" });
  });

  it.each([".", ".."])("refuses the name %s without a request", async (name) => {
    expect(await source.read(current(name), context)).toMatchObject({ failure: "invalid-request" });
    expect(store.requests).toEqual([]);
  });

  it("ends when nobody waits any more", async () => {
    store.insteadNext("hang");
    const caller = new AbortController();
    const read = source.read(current("key"), { ...context, signal: caller.signal });
    await vi.waitFor(() => expect(store.requests).toHaveLength(1));
    caller.abort();
    await expect(read).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("a refusal", () => {
  it("of an unknown token is unauthenticated, of a known one access-denied", async () => {
    store.put("payroll", CANARY);
    const stranger = kvSource({ url: store.url, token: "another" });
    expect(await stranger.read(current("payroll"), context)).toMatchObject({ failure: "unauthenticated" });
    expect(await source.read(current("payroll"), context)).toMatchObject({ failure: "access-denied" });
  });

  it.each([
    [{ status: 404, headers: { "x-kv-error": "no-such-key" } }, { failure: "not-found" }],
    [{ status: 404 }, { failure: "unavailable" }],
    [
      { status: 429, headers: { "retry-after": "7" } },
      { failure: "throttled", retryAfterMs: 7_000 },
    ],
    [{ status: 429 }, { failure: "throttled" }],
    [{ status: 500 }, { failure: "unavailable" }],
    [{ status: 418 }, { failure: "unknown" }],
    [{ status: 200 }, { failure: "payload-corrupt" }],
    [{ status: 200, headers: { "x-kv-version": "1" }, body: "x".repeat(4_194_305) }, { failure: "payload-corrupt" }],
  ])("%# has its name, and quotes nothing", async (answer, failure) => {
    store.insteadNext({ body: CANARY, ...answer });
    const said = await source.read(current("key"), context);
    expect(said).toMatchObject(failure);
    expect(JSON.stringify(said)).not.toContain(CANARY);
  });

  it("of a connection is unavailable; a mistake of ours has no name", async () => {
    store.insteadNext("cut");
    const cut = await source.read(current("key"), context).catch((error: unknown) => error);
    expect(source.classify(cut)).toEqual({ failure: "unavailable" });
    await store.stop();
    const refused = await source.read(current("key"), context).catch((error: unknown) => error);
    expect(source.classify(refused)).toEqual({ failure: "unavailable" });
    expect(source.classify(new TypeError("x is not a function"))).toBeUndefined();
  });

  it("of a redirect keeps the token at home", async () => {
    const elsewhere = await startStore({});
    store.insteadNext({ status: 302, headers: { location: elsewhere.url } });
    await expect(source.read(current("key"), context)).rejects.toThrow();
    expect(elsewhere.requests).toEqual([]);
    await elsewhere.stop();
  });
});

describe("a batch", () => {
  it("answers in order with one request, and leaves what it has no record of to a read", async () => {
    store.put("a", "1");
    store.put("b", "2");
    store.put("payroll", CANARY);
    const refs = [current("b"), current("payroll"), { name: "a", version: { id: "1" } }, current("a")];
    const answers = await source.batch?.read(refs, context);
    expect(answers).toEqual([
      { payload: Buffer.from("2"), version: "1" },
      "alone",
      "alone",
      { payload: Buffer.from("1"), version: "1" },
    ]);
    expect(store.requests).toEqual(["POST /v1/batch"]);
  });

  it("that the store does not know is unsupported, and every key is read", async () => {
    store.put("a", "1");
    store.put("b", "2");
    store.insteadNext({ status: 404 });
    await using secrets = createSecrets({ source });
    const values = await Promise.all(["a", "b"].map((name) => secrets.getSecret(name)));
    expect(values.map((value) => value.reveal())).toEqual(["1", "2"]);
    expect(store.requests).toEqual(["POST /v1/batch", "GET /v1/keys/a", "GET /v1/keys/b"]);
  });

  it.each([CANARY, "{}", ""])("of garbage is one failure that quotes nothing", async (body) => {
    store.insteadNext({ status: 200, body });
    const said = await source.batch?.read([current("a"), current("b")], context);
    expect(said).toMatchObject({ failure: "payload-corrupt" });
    expect(JSON.stringify(said)).not.toContain(CANARY);
  });
});

describe("the options", () => {
  it("can be named by a URI", async () => {
    vi.stubEnv("KV_TOKEN", "a-token");
    store.put("key", "value");
    await using secrets = createSecrets({ from: `kv:${store.url}`, schemes: [kvSource] });
    expect((await secrets.getSecret("key")).reveal()).toBe("value");
  });

  it.each([
    [{ url: `https://${CANARY}@kv.example.com`, token: "a-token" }, "https URL"],
    [{ url: `http://${CANARY}.example.com`, token: "a-token" }, "https URL"],
    [{ url: "https://kv.example.com", token: `${CANARY}\nx` }, "KV_TOKEN"],
    [{ url: "https://kv.example.com", token: "" }, "KV_TOKEN"],
  ])("%# are refused in words that quote nothing", (options, words) => {
    expect(() => kvSource(options)).toThrow(words);
    expect(() => kvSource(options)).not.toThrow(CANARY);
  });
});
