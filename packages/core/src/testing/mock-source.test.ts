import { inspect } from "node:util";
import { describe, expect, test, vi } from "vitest";
import { ask, failureOf } from "../../test/ask.ts";
import { refusal, thrownBy } from "../../test/outcomes.ts";
import { createSecrets } from "../client/create-secrets.ts";
import { mockSource } from "./mock-source.ts";
import { virtualClock } from "./virtual-clock.ts";

const signal = new AbortController().signal;
const context = { signal, bypassCaches: false };

test("gives text, bytes and JSON text, as version 1, with the time and the request", async () => {
  const clock = virtualClock({ now: 1000 });
  const source = mockSource({ text: "x", bytes: Uint8Array.from([255, 0]), json: { user: "a" }, list: [1] }, { clock });
  const facts = { version: "1", createdAt: 1000 };
  expect(await ask(source, "text")).toEqual({ payload: "x", requestId: "mock-1", ...facts });
  expect(await ask(source, "bytes")).toEqual({ payload: Uint8Array.from([255, 0]), requestId: "mock-2", ...facts });
  expect(await ask(source, "json")).toMatchObject({ payload: '{"user":"a"}' });
  expect(await ask(source, "list")).toMatchObject({ payload: "[1]" });
});

test("bytes are copied in and out", async () => {
  const given = Buffer.from([1, 2]);
  const source = mockSource({ a: given });
  given.fill(9);
  const first = await ask(source, "a");
  (first as { payload: Uint8Array }).payload.fill(9);
  expect(await ask(source, "a")).toMatchObject({ payload: Uint8Array.from([1, 2]) });
});

test("names that objects reserve are names like others", async () => {
  const source = mockSource(JSON.parse('{"__proto__": "x"}'));
  expect(await ask(source, "__proto__")).toMatchObject({ payload: "x" });
  expect(await failureOf(ask(source, "constructor"))).toMatch(/^invalid-request/);
});

describe("a name that is not defined", () => {
  test("is refused, and the error lists those that are", async () => {
    const source = mockSource({ "production/db": "x", stripe: "y" });
    const secrets = createSecrets({ source });
    const error = await refusal(secrets.getSecret("prodcution/db"));
    expect(error.code).toBe("invalid-request");
    expect(error.message).toContain('"prodcution/db"');
    expect(error.message).toContain('defined: "production/db", "stripe".');
  });

  test("is refused where it is optional too: a typing error is not an absent secret", async () => {
    const secrets = createSecrets({ source: mockSource({ db: "x" }) });
    expect((await refusal(secrets.getSecret("bd", { optional: true }))).code).toBe("invalid-request");
  });

  test("is not found where it is declared absent", async () => {
    const source = mockSource({ db: "x" });
    source.absent("sentry");
    const secrets = createSecrets({ source });
    expect(await secrets.getSecret("sentry", { optional: true })).toBeUndefined();
    expect((await refusal(secrets.getSecret("sentry"))).code).toBe("not-found");
  });

  test("has no controls either", () => {
    const source = mockSource({ db: "x" });
    for (const control of [
      () => source.rotate("bd", "y"),
      () => source.stage("bd", "y"),
      () => source.promote("bd"),
      () => source.rollBack("bd"),
      () => source.label("bd", "blue"),
      () => source.annotate("bd", {}),
      () => source.fail("bd", "unavailable"),
      () => source.delay("bd", "1s"),
      () => source.hang("bd"),
      () => source.disable("bd"),
      () => source.remove("bd"),
      () => source.restore("bd"),
      () => source.expireLease("bd"),
      () => source.announce("bd"),
    ]) {
      expect(thrownBy(control)).toMatchObject({ code: "invalid-options", secretName: "bd" });
      expect(thrownBy(control).message).toContain('defined: "db"');
    }
  });

  test("a long list is cut", async () => {
    const seed = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`secret-${index}`, "x"]));
    expect(await failureOf(ask(mockSource(seed), "other"))).toContain('"secret-19", and 10 more');
    expect(await failureOf(ask(mockSource(), "other"))).toContain("defined: nothing");
  });
});

describe("what can be done is what is there", () => {
  test("all of it, unless it is switched off", () => {
    expect(mockSource()).toMatchObject({ batch: { limit: 20 }, probe: expect.anything(), watch: expect.anything() });
    expect(mockSource().leases).toBeUndefined();
    const plain = mockSource({}, { batch: false, probe: false, watch: false });
    expect([plain.batch, plain.probe, plain.watch, plain.leases]).toEqual([undefined, undefined, undefined, undefined]);
    expect(mockSource({}, { batch: 3 }).batch?.limit).toBe(3);
  });

  test("a batch answers one by one and in order", async () => {
    const source = mockSource({ a: "x", b: { c: 1 } });
    const refs = ["b", "none", "a"].map((name) => ({ name, version: "current" as const }));
    expect(await source.batch?.read(refs, context)).toMatchObject([
      { payload: '{"c":1}', version: "1", requestId: "mock-1" },
      { failure: "invalid-request" },
      { payload: "x", version: "1", requestId: "mock-1" },
    ]);
  });

  test("a probe tells the version and no more", async () => {
    const source = mockSource({ a: "x" });
    source.rotate("a", "y");
    source.annotate("a", { changesIn: "1m", metadata: { owner: "b" } });
    const probed = await source.probe?.({ name: "a", version: "current" }, context);
    expect(probed).toMatchObject({ version: "2", changesInMs: expect.any(Number) });
    expect(Object.keys(probed ?? {})).toEqual(["version", "changesInMs"]);
    expect(await source.probe?.({ name: "b", version: "current" }, context)).toMatchObject({
      failure: "invalid-request",
    });
  });

  test("who watches a name is told, until the signal is aborted", async () => {
    const source = mockSource({ a: "x", b: "y" });
    const controller = new AbortController();
    const told = vi.fn();
    const ended = source.watch?.("a", told, { signal: controller.signal, bypassCaches: false });
    expect([source.announce("a"), source.announce("a"), source.announce("b")]).toEqual([1, 1, 0]);
    controller.abort();
    await ended;
    expect([source.announce("a"), told.mock.calls]).toEqual([0, [[], []]]);
    await source.watch?.("a", () => {}, { signal: controller.signal, bypassCaches: false });
    expect(source.announce("a")).toBe(0);
  });
});

test("an aborted call is not answered", async () => {
  const aborted = AbortSignal.abort(new Error("gone"));
  const source = mockSource({ a: "x" });
  const ref = { name: "a", version: "current" } as const;
  const late = { signal: aborted, bypassCaches: false };
  for (const call of [
    ask(source, "a", "current", aborted),
    source.probe?.(ref, late),
    source.batch?.read([ref], late),
  ]) {
    await expect(call).rejects.toThrow("gone");
  }
  source.assertNoCalls();
});

test("values are not in what is printed of it", () => {
  const source = mockSource({ a: "hunter2-hunter2" });
  const printed = inspect(source, { depth: 10, showHidden: true }) + JSON.stringify(source);
  expect(printed).not.toContain("hunter2");
});

test("it knows whether it was closed", async () => {
  const source = mockSource({ a: "x" });
  const secrets = createSecrets({ source });
  expect(source.closed).toBe(false);
  await secrets.close();
  expect(source.closed).toBe(true);
});

test.each([
  () => mockSource(["x"] as never),
  () => mockSource({ a: 7 as never }),
  () => mockSource({ a: new Date() }),
  () => mockSource({ "": "x" }),
  () => mockSource({ "a\n": "x" }),
  () => mockSource({}, { clock: {} as never }),
  () => mockSource({}, { clock: null as never }),
  () => mockSource({}, { batch: 0 }),
  () => mockSource({}, { batch: true as never }),
  () => mockSource({}, { probe: "no" as never }),
  () => mockSource({}, { delay: "1s" } as never),
  () => mockSource({ a: "x" }).define("a", "y"),
  () => mockSource({ a: "x" }).rotate("a", 7 as never),
  () => mockSource({ a: "x" }).annotate("a", { owner: "b" } as never),
  () => mockSource({ a: "x" }).absent(""),
])("what is wrong is refused: %#", (make) => {
  expect(thrownBy(make).code).toBe("invalid-options");
});
