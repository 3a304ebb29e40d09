import { describe, expect, test } from "vitest";
import { ask } from "../../test/ask.ts";
import { isPending, thrownBy } from "../../test/outcomes.ts";
import { type MockSource, mockSource } from "./mock-source.ts";
import { virtualClock } from "./virtual-clock.ts";

const context = { signal: new AbortController().signal, bypassCaches: false };

async function outcomes(source: MockSource, name: string, times: number): Promise<unknown[]> {
  const all: unknown[] = [];
  for (let index = 0; index < times; index += 1) all.push((await ask(source, name)).failure ?? "ok");
  return all;
}

describe("fail", () => {
  test("until restore, for its name alone", async () => {
    const source = mockSource({ a: "x", b: "y" });
    source.fail("a", "access-denied");
    expect(await outcomes(source, "a", 3)).toEqual(["access-denied", "access-denied", "access-denied"]);
    expect(await outcomes(source, "b", 1)).toEqual(["ok"]);
    source.restore("a");
    expect(await outcomes(source, "a", 1)).toEqual(["ok"]);
  });

  test("in the order of the script", async () => {
    const source = mockSource({ a: "x" });
    source.fail("a", "throttled", { times: 2, retryAfter: "3s" });
    source.fail("a", "unavailable", { times: 1 });
    expect(await ask(source, "a")).toEqual({
      failure: "throttled",
      retryAfterMs: 3000,
      advice: 'The test scripted it: fail("a", "throttled").',
    });
    expect(await outcomes(source, "a", 3)).toEqual(["throttled", "unavailable", "ok"]);
  });

  test("one without an end gives way to the next", async () => {
    const source = mockSource({ a: "x" });
    source.fail("a", "unavailable");
    source.fail("a", "disabled", { times: 1 });
    expect(await outcomes(source, "a", 2)).toEqual(["disabled", "ok"]);
  });

  test("a declared absence may fail too, and a deleted secret", async () => {
    const source = mockSource({ a: "x" });
    source.absent("b");
    source.remove("a");
    source.fail("a", "unavailable", { times: 1 });
    source.fail("b", "unavailable", { times: 1 });
    expect(await outcomes(source, "a", 2)).toEqual(["unavailable", "deleted"]);
    expect(await outcomes(source, "b", 2)).toEqual(["unavailable", "not-found"]);
  });

  test("for one method: reads that travel in a batch are reads", async () => {
    const source = mockSource({ a: "x", b: "y" });
    const ref = { name: "a", version: "current" } as const;
    source.fail("a", "unavailable", { on: "read" });
    expect(await source.probe?.(ref, context)).toEqual({ version: "1" });
    expect(await outcomes(source, "a", 1)).toEqual(["unavailable"]);
    expect(await source.batch?.read([ref, { ...ref, name: "b" }], context)).toMatchObject([
      { failure: "unavailable" },
      { payload: "y" },
    ]);
    source.restore();
    source.fail("a", "throttled", { on: "probe" });
    expect(await source.probe?.(ref, context)).toMatchObject({ failure: "throttled" });
    expect(await outcomes(source, "a", 1)).toEqual(["ok"]);
  });

  test.each([
    () => mockSource({ a: "x" }).fail("a", "stale-limit" as never),
    () => mockSource({ a: "x" }).fail("a", "unavailable", { times: 0 }),
    () => mockSource({ a: "x" }).fail("a", "unavailable", { times: 1.5 }),
    () => mockSource({ a: "x" }).fail("a", "unavailable", { retryAfter: 5 as never }),
    () => mockSource({ a: "x" }).fail("a", "unavailable", { on: "watch" as never }),
    () => mockSource({ a: "x" }).failAll("unavailable", { after: 1 } as never),
    () => mockSource({ a: "x" }).delay("a", 5 as never),
  ])("what is wrong is refused: %#", (script) => {
    expect(thrownBy(script).code).toBe("invalid-options");
  });
});

describe("an outage", () => {
  test("meets every name, before what is scripted for one", async () => {
    const source = mockSource({ a: "x", b: "y" });
    source.fail("a", "disabled");
    source.failAll("unavailable");
    expect([...(await outcomes(source, "a", 1)), ...(await outcomes(source, "b", 1))]).toEqual([
      "unavailable",
      "unavailable",
    ]);
    source.restore("a");
    expect(await outcomes(source, "a", 1)).toEqual(["unavailable"]);
    source.restore();
    expect(await outcomes(source, "a", 1)).toEqual(["ok"]);
  });

  test("counts requests, of which a batch is one", async () => {
    const source = mockSource({ a: "x", b: "y" });
    const refs = ["a", "b"].map((name) => ({ name, version: "current" as const }));
    source.failAll("throttled", { times: 2 });
    expect(await source.batch?.read(refs, context)).toMatchObject({ failure: "throttled" });
    expect(await outcomes(source, "a", 2)).toEqual(["throttled", "ok"]);
  });

  test("of the batch alone", async () => {
    const source = mockSource({ a: "x" });
    source.failAll("access-denied", { on: "batch" });
    const refs = [{ name: "a", version: "current" } as const];
    expect(await source.batch?.read(refs, context)).toMatchObject({ failure: "access-denied" });
    expect(await outcomes(source, "a", 1)).toEqual(["ok"]);
  });
});

describe("slow answers", () => {
  test("delay: on the clock, with what the store held when it was asked", async () => {
    const clock = virtualClock();
    const source = mockSource({ a: "one", b: "x" }, { clock });
    source.delay("a", "2s");
    const read = ask(source, "a");
    source.rotate("a", "two");
    expect(await ask(source, "b")).toMatchObject({ payload: "x" });
    await clock.advance("1s");
    expect(await isPending(read)).toBe(true);
    await clock.advance("1s");
    expect(await read).toMatchObject({ payload: "one" });
    source.restore("a");
    expect(await ask(source, "a")).toMatchObject({ payload: "two" });
    clock.assertIdle();
  });

  test("hang: until the call is given up, and nothing stays behind", async () => {
    const clock = virtualClock();
    const source = mockSource({ a: "x" }, { clock });
    source.hang("a");
    const controller = new AbortController();
    const read = ask(source, "a", "current", controller.signal);
    await clock.advance("1h");
    expect(await isPending(read)).toBe(true);
    controller.abort(new Error("given up"));
    await expect(read).rejects.toThrow("given up");
    clock.assertIdle();
  });

  test("an abort ends a delay", async () => {
    const clock = virtualClock();
    const source = mockSource({ a: "x" }, { clock });
    source.delay("a", "1h");
    const controller = new AbortController();
    const read = ask(source, "a", "current", controller.signal);
    controller.abort(new Error("given up"));
    await expect(read).rejects.toThrow("given up");
    clock.assertIdle();
  });

  test("does not hold up the others of its batch", async () => {
    const source = mockSource({ a: "x", b: "y" }, { clock: virtualClock() });
    source.hang("a");
    const refs = ["a", "b"].map((name) => ({ name, version: "current" as const }));
    expect(await source.batch?.read(refs, context)).toMatchObject(["alone", { payload: "y" }]);
  });

  test("a failure may be slow", async () => {
    const clock = virtualClock();
    const source = mockSource({ a: "x" }, { clock });
    source.delay("a", "1s");
    source.fail("a", "unavailable", { times: 1 });
    expect(await clock.until(ask(source, "a"))).toMatchObject({ failure: "unavailable" });
    expect(clock.monotonic()).toBe(1000);
  });
});
