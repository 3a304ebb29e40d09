import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createSecrets } from "../src/client/create-secrets.ts";
import { virtualClock } from "../src/testing/virtual-clock.ts";
import { refusal, within } from "./outcomes.ts";
import { scriptedInstance } from "./scripted-instance.ts";
import { hangs, hangsUntilAborted, rejects, scriptedSource } from "./scripted-source.ts";

describe("after close()", () => {
  test("every read ends with `closed`, also of what was in memory", async () => {
    const { secrets, source } = scriptedInstance("value");
    await secrets.getSecret("db");
    await secrets.close();
    for (const options of [undefined, {}, { refresh: true }, { optional: true }, { as: "json" }] as const) {
      const error = await refusal(secrets.getSecret("db", options));
      expect(error).toMatchObject({ code: "closed", retryable: false });
      expect(error.message).toContain("This instance is closed");
    }
    expect(source.calls).toHaveLength(1);
  });

  test("a read that begins in the same turn ends with `closed` too", async () => {
    const { secrets } = scriptedInstance("value");
    await secrets.getSecret("db");
    await secrets.getSecret("db");
    const closing = secrets.close();
    const hit = refusal(secrets.getSecret("db"));
    const miss = refusal(secrets.getSecret("other"));
    expect([(await hit).code, (await miss).code]).toEqual(["closed", "closed"]);
    await closing;
  });

  test("closing again is the same closing: the source is closed once", async () => {
    const { secrets, source } = scriptedInstance("value");
    await Promise.all([secrets.close(), secrets.close()]);
    await secrets.close();
    await secrets[Symbol.asyncDispose]();
    expect(source.closes).toBe(1);
  });

  test("nothing is left behind", async () => {
    const { secrets, source, clock } = scriptedInstance(["value", hangs]);
    await secrets.getSecret("db");
    await clock.advance("5m");
    const read = refusal(secrets.getSecret("db"));
    await clock.settle();
    await secrets.close();
    await read;
    clock.assertIdle();
    await clock.advance("1d");
    expect(source.calls).toHaveLength(2);
  });
});

describe.each([
  ["hangs", hangs],
  ["obeys", hangsUntilAborted],
])("close() during the read of a source that %s", (_what, reply) => {
  test("ends the read with `closed` at once, and aborts the call before the source is closed", async () => {
    const order: string[] = [];
    const { secrets, source, clock } = scriptedInstance(
      (call) => {
        call.context.signal.addEventListener("abort", () => order.push("aborted"));
        return reply(call);
      },
      { close: async () => void order.push("closed") },
    );
    const reads = [secrets.getSecret("db"), secrets.getSecret("db", { optional: true }), secrets.getSecret("other")];
    const errors = Promise.all(reads.map(refusal));
    await clock.settle();
    await secrets.close();
    for (const error of await errors) expect(error).toMatchObject({ code: "closed", source: "scripted" });
    expect(order).toEqual(["aborted", "aborted", "closed"]);
    expect(source.escaped).toEqual([]);
    clock.assertIdle();
  });
});

test("close() during a wait between two attempts ends the read with `closed`", async () => {
  const { secrets, source, clock } = scriptedInstance({ failure: "unavailable", retryAfterMs: 5000 });
  const read = refusal(secrets.getSecret("db"));
  await clock.advance("1s");
  await secrets.close();
  expect(await read).toMatchObject({ code: "closed", secretName: "db" });
  expect(source.calls).toHaveLength(1);
  clock.assertIdle();
});

test("close() between two rounds of withSecret ends it, with no wait and no timer left", async () => {
  const { secrets, source, clock } = scriptedInstance("value");
  const rejected = new Error("rejected login");
  const running = secrets.withSecret("db", () => Promise.reject(rejected), { isAuthError: () => true });
  running.catch(() => {});
  await clock.settle();
  await secrets.close();
  await expect(running).rejects.toBe(rejected);
  clock.assertIdle();
  const calls = source.calls.length;
  await clock.advance("5m");
  expect(source.calls).toHaveLength(calls);
});

test.each([0, 1, 2, 3, 4, 5, 6, 8])(
  "close() %i microtasks into watchSecret leaves no timer and no call",
  async (turns) => {
    const { secrets, source, clock } = scriptedInstance("value");
    await secrets.getSecret("db");
    const watching = secrets.watchSecret("db").catch(() => {});
    for (let count = 0; count < turns; count += 1) await Promise.resolve();
    await secrets.close();
    await watching;
    clock.assertIdle();
    await clock.advance("1h");
    expect(source.calls).toHaveLength(1);
  },
);

test("close() during an asynchronous schema ends the read with `closed`", async () => {
  const { secrets, clock } = scriptedInstance("value");
  const read = refusal(secrets.getSecret("db", { schema: z.string().transform(hangs) }));
  await clock.settle();
  await secrets.close();
  expect(await within(clock, "1ms", read)).toMatchObject({ code: "closed", secretName: "db" });
});

test("`await using` closes", async () => {
  const source = scriptedSource("value");
  {
    await using secrets = createSecrets({ source });
    expect((await secrets.getSecret("db")).reveal()).toBe("value");
    expect(source.closes).toBe(0);
  }
  expect(source.closes).toBe(1);
});

describe("a source that cannot be closed", () => {
  test.each([
    ["rejects", rejects(new Error("hunter2"))],
    [
      "throws at once",
      (): never => {
        throw new Error("hunter2");
      },
    ],
    ["hangs", hangs],
  ])("because it %s is named, and the others are closed", async (_why, close) => {
    const clock = virtualClock();
    const stuck = scriptedSource("value", { close });
    const other = scriptedSource("value");
    const secrets = createSecrets({ sources: { stuck, other }, default: "other", clock });
    const error = await refusal(within(clock, "10s", secrets.close()));
    expect(error).toMatchObject({ code: "unknown", source: "stuck" });
    expect(error.message).not.toContain("hunter2");
    expect(error.cause).toBeUndefined();
    expect(other.closes).toBe(1);
    expect(await refusal(secrets.getSecret("db"))).toMatchObject({ code: "closed" });
    clock.assertIdle();
  });
});

test("a source without close() needs none", async () => {
  const { close: _, ...source } = scriptedSource("value");
  const secrets = createSecrets({ source });
  await secrets.getSecret("db");
  await expect(secrets.close()).resolves.toBeUndefined();
});

test("an instance that was never used closes its sources too", async () => {
  const { secrets, source } = scriptedInstance("value");
  await secrets.close();
  expect(source.closes).toBe(1);
  expect(source.calls).toEqual([]);
});
