import { describe, expect, test, vi } from "vitest";
import { hangs, hangsUntilAborted, type Reply, rejects, scriptedSource, throws } from "../../test/scripted-source.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { attempt } from "./attempt.ts";

const asItIs = (answer: unknown) => ({ value: answer, failure: undefined });
const ref = { name: "db", version: "current" } as const;

function makeAttempt(reply: Reply, classify?: (error: unknown) => SourceFailure | undefined) {
  const clock = virtualClock();
  const gone = new AbortController();
  const source = scriptedSource(reply, { clock, ...(classify && { classify }) });
  const outcome = attempt(source, "read", (context) => source.read(ref, context), asItIs, {
    clock,
    deadlineMs: 3000,
    signal: gone.signal,
    bypassCaches: false,
  });
  return { clock, gone, source, outcome };
}

test("gives the answer as it is, and leaves no timer", async () => {
  const { clock, source, outcome } = makeAttempt({ payload: "value" });
  expect(await outcome).toEqual({ value: { payload: "value" } });
  expect(source.calls).toHaveLength(1);
  expect(source.calls[0]?.ref).toBe(ref);
  clock.assertIdle();
});

test.each([true, false])("hands `bypassCaches: %s` on", async (bypassCaches) => {
  const clock = virtualClock();
  const source = scriptedSource("value");
  const limits = { clock, deadlineMs: 1, signal: new AbortController().signal, bypassCaches };
  await attempt(source, "read", (context) => source.read(ref, context), asItIs, limits);
  expect(source.calls[0]?.context.bypassCaches).toBe(bypassCaches);
});

describe.each([
  ["hangs", hangs],
  ["obeys the signal", hangsUntilAborted],
])("a source that %s", (_what, reply) => {
  test("is timed out at the deadline, not before, and not asked what it was", async () => {
    const { clock, source, outcome } = makeAttempt(reply);
    await clock.advance(2999);
    expect(source.calls[0]?.context.signal.aborted).toBe(false);
    await clock.advance(1);
    expect(await outcome).toEqual({
      failure: "timeout",
      advice: expect.stringContaining("Check that the store is up"),
    });
    expect(source.calls[0]?.context.signal.reason).toMatchObject({ name: "TimeoutError" });
    expect(source.escaped).toEqual([]);
    clock.assertIdle();
  });

  test("is aborted when nobody wants it, and not asked what it was", async () => {
    const { clock, gone, source, outcome } = makeAttempt(reply);
    await clock.settle();
    gone.abort();
    expect(await outcome).toEqual({ failure: "aborted" });
    expect(source.calls[0]?.context.signal.aborted).toBe(true);
    expect(source.escaped).toEqual([]);
    clock.assertIdle();
  });
});

test("nothing is called for what nobody wants any more", async () => {
  const clock = virtualClock();
  const source = scriptedSource("value");
  const limits = { clock, deadlineMs: 1, signal: AbortSignal.abort(), bypassCaches: false };
  const outcome = await attempt(source, "read", (context) => source.read(ref, context), asItIs, limits);
  expect(outcome).toEqual({ failure: "aborted" });
  expect(source.calls).toEqual([]);
});

describe.each([
  ["rejects", rejects],
  ["throws at once", throws],
])("a source that %s", (_what, fails) => {
  const error = new Error("connect ECONNREFUSED");

  test("is asked what it was, and its word is taken", async () => {
    const { source, outcome } = makeAttempt(fails(error), () => ({ failure: "unavailable", advice: "Start it." }));
    expect(await outcome).toEqual({ failure: "unavailable", advice: "Start it." });
    expect(source.escaped).toEqual([error]);
  });

  test.each<[string, (() => unknown) | undefined]>([
    ["does not know", undefined],
    ["throws itself", throws(new Error("hunter2"))],
    ["says nonsense", () => "not-found"],
    ["says an unknown code", () => ({ failure: "hunter2" })],
    ["says a record", () => ({ payload: "hunter2" })],
    ["gives a promise", () => Promise.resolve({ failure: "unavailable" })],
  ])("is `unknown`, never `not-found`, when its classify %s", async (_why, classify) => {
    const { outcome } = makeAttempt(fails(error), classify as () => SourceFailure | undefined);
    const failure = await outcome;
    expect(failure.failure).toBe("unknown");
    expect(JSON.stringify(failure)).not.toMatch(/hunter2|ECONNREFUSED/);
  });

  test("says whose fault it is where its classify does not know", async () => {
    const { outcome } = makeAttempt(fails(error));
    expect(await outcome).toEqual({ failure: "unknown", advice: expect.stringContaining("`classify`") });
  });

  test.each(["read", "batch", "probe", "renew", "revoke"] as const)("is told that it was `%s`", async (method) => {
    const source = scriptedSource(fails(error));
    const classify = vi.spyOn(source, "classify");
    const limits = { clock: virtualClock(), deadlineMs: 1, signal: new AbortController().signal, bypassCaches: false };
    await attempt(source, method, (context) => source.read(ref, context), asItIs, limits);
    expect(classify.mock.calls).toEqual([[error, method]]);
  });

  test.each([undefined, null, "text", 7])("may throw %s", async (thrown) => {
    const { source, outcome } = makeAttempt(fails(thrown));
    expect(await outcome).toHaveProperty("failure", "unknown");
    expect(source.escaped).toEqual([thrown]);
  });
});
