import { describe, expect, test } from "vitest";
import { ask } from "../../test/ask.ts";
import { minted } from "./minted.ts";
import { mockSource } from "./mock-source.ts";
import { virtualClock } from "./virtual-clock.ts";

const context = { signal: new AbortController().signal, bypassCaches: false };

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return "it did not throw";
}

describe("calls", () => {
  test("say what was asked and when, never a value", async () => {
    const clock = virtualClock({ now: 0 });
    const source = mockSource({ a: "x", b: "y" }, { clock });
    const refs = [
      { name: "a", version: { label: "blue" } },
      { name: "b", version: "current" },
    ] as const;
    await ask(source, "a");
    await clock.advance(5);
    await source.batch?.read(refs, context);
    await source.probe?.({ name: "none", version: "pending" }, context);
    expect(source.calls).toEqual([
      { method: "read", name: "a", version: "current", request: 1, at: 0 },
      { method: "batch", name: "a", version: { label: "blue" }, request: 2, at: 5 },
      { method: "batch", name: "b", version: "current", request: 2, at: 5 },
      { method: "probe", name: "none", version: "pending", request: 3, at: 5 },
    ]);
  });

  test("are a copy, and can be forgotten", async () => {
    const source = mockSource({ a: "x" });
    await ask(source, "a");
    const before = source.calls;
    source.forgetCalls();
    expect([before.length, source.calls]).toEqual([1, []]);
    source.assertNoCalls();
    await ask(source, "a");
    expect(source.calls).toMatchObject([{ request: 2 }]);
    source.assertAllUsed();
  });
});

test("assertNoCalls lists them", async () => {
  const source = mockSource({ a: "x" });
  source.assertNoCalls();
  await ask(source, "a", { id: "1" });
  expect(messageOf(() => source.assertNoCalls())).toBe(
    `mockSource: there should be no calls, but there was 1.

  request  method  name  version or lease
  -------  ------  ----  ----------------
  1        read    "a"   id:1`,
  );
  const mints = mockSource({ b: minted("y") });
  await ask(mints, "b");
  await mints.leases?.revoke("b/lease-1", context);
  expect(messageOf(() => mints.assertNoCalls())).toContain('2        revoke  "b"   "b/lease-1"');
});

describe("assertAllUsed", () => {
  test("lists what was set up in vain", async () => {
    const source = mockSource({ used: "x", "production/unused": "y", slow: "z" }, { clock: virtualClock() });
    source.absent("sentry");
    source.fail("used", "throttled", { times: 3, on: "read" });
    source.fail("used", "unavailable", { times: 1 });
    source.failAll("timeout", { on: "batch" });
    source.hang("slow");
    await ask(source, "used");
    expect(messageOf(() => source.assertAllUsed())).toBe(
      `mockSource: 7 things were set up and not used.

  name                 set up                        what happened
  -------------------  ----------------------------  -------------
  "production/unused"  defined                       never asked for
  "slow"               defined                       never asked for
  "sentry"             absent()                      never asked for
  "used"               throttled (3 times, on read)  happened 1 of 3 times
  "used"               unavailable (once)            never happened
  (all)                timeout (on batch)            never happened
  "slow"               hang                          never happened`,
    );
  });

  test("is content where all of it happened, also where it was ended then", async () => {
    const source = mockSource({ a: "x" }, { clock: virtualClock() });
    source.fail("a", "throttled", { times: 1 });
    source.fail("a", "unavailable");
    await ask(source, "a");
    await ask(source, "a");
    source.restore();
    source.assertAllUsed();
    source.delay("a", "0ms");
    expect(messageOf(() => source.assertAllUsed())).toContain("1 thing was set up and not used");
  });
});
