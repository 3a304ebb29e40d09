import { describe, expect, test, vi } from "vitest";
import { type BatchOptions, batchingSource, ownName } from "../../test/batching-source.ts";
import { makePort } from "../../test/make-port.ts";
import { isPending } from "../../test/outcomes.ts";

const record = (name: string) => ownName({ name, version: "current" });
const makeBatch = (options: BatchOptions) => makePort((clock) => batchingSource({ ...options, clock }));

describe("somebody leaves a batch", () => {
  test("during the request: it goes on for the others", async () => {
    const gone = new AbortController();
    const opened = Promise.withResolvers<void>();
    const { want, source, clock } = makeBatch({
      limit: 10,
      answer: async ({ refs }) => {
        await opened.promise;
        return refs.map(ownName);
      },
    });
    const answers = Promise.all([want("a", { signal: gone.signal }), want("b")]);
    await clock.settle();
    gone.abort();
    await clock.settle();
    expect(source.batches[0]?.context.signal.aborted).toBe(false);
    opened.resolve();
    expect((await answers)[1]?.answer).toEqual(record("b"));
  });

  test("all of them: the request is aborted", async () => {
    const callers = [new AbortController(), new AbortController()];
    const { want, source, clock } = makeBatch({ limit: 10, answer: () => new Promise(() => {}) });
    const answers = Promise.all(callers.map(({ signal }, index) => want(`name-${index}`, { signal })));
    await clock.settle();
    for (const caller of callers) caller.abort();
    expect((await answers).map(({ answer }) => answer.failure)).toEqual(["aborted", "aborted"]);
    expect(source.batches[0]?.context.signal.aborted).toBe(true);
    clock.assertIdle();
  });

  test("before the turn is over: what he wanted does not travel, and no two of a request are alike", async () => {
    const gone = new AbortController();
    const { want, source } = makeBatch({ limit: 10 });
    const left = want("a", { signal: gone.signal });
    gone.abort();
    await Promise.all([want("a"), want("b")]);
    expect(await left).toMatchObject({ answer: { failure: "aborted" }, attempts: 0 });
    expect(source.batches.map((batch) => batch.names)).toEqual([["a", "b"]]);
  });

  test("between two attempts: what he wanted is not asked for again", async () => {
    const gone = new AbortController();
    const { want, source, clock } = makeBatch({
      limit: 10,
      answer: ({ refs }) => refs.map(() => ({ failure: "throttled", retryAfterMs: 2000 })),
    });
    const answers = Promise.all([want("a", { signal: gone.signal }), want("b"), want("c")]);
    await clock.advance(1000);
    gone.abort();
    await clock.advance("10s");
    expect((await answers).map(({ answer }) => answer.failure)).toEqual(["aborted", "throttled", "throttled"]);
    expect(source.batches.map((batch) => batch.names)).toEqual([
      ["a", "b", "c"],
      ["b", "c"],
      ["b", "c"],
    ]);
  });
});

test("what a batch throws is named by the source, which is told that it was a batch", async () => {
  const error = new Error("hunter2");
  const { want, source } = makeBatch({ limit: 10, answer: () => Promise.reject(error) });
  const classify = vi.spyOn(source, "classify").mockReturnValue({ failure: "unauthenticated" });
  const answers = await Promise.all([want("a"), want("b")]);
  expect(answers.map(({ answer }) => answer)).toEqual([{ failure: "unauthenticated" }, { failure: "unauthenticated" }]);
  expect(classify.mock.calls).toEqual([[error, "batch"]]);
});

test("what a read throws is named by the source, which is told that it was a read", async () => {
  const error = new Error("hunter2");
  const { want, source } = makeBatch({ limit: 10, reply: () => Promise.reject(error) });
  const classify = vi.spyOn(source, "classify").mockReturnValue({ failure: "unauthenticated" });
  expect((await want("a")).answer).toEqual({ failure: "unauthenticated" });
  expect(classify.mock.calls).toEqual([[error, "read"]]);
});

test("an answer to one of them is an answer of the store, while another of them is tried again", async () => {
  let call = 0;
  const { want, port, clock } = makeBatch({
    limit: 10,
    answer: ({ refs }) => {
      call += 1;
      return refs.map((ref, index) => {
        if (index === 0) return ownName(ref);
        return index === 1 ? { failure: "access-denied" } : { failure: "throttled", retryAfterMs: 5000 };
      });
    },
    reply: async ({ ref }) => (ref.name === "slow" ? new Promise(() => {}) : ownName(ref)),
  });
  void want("slow", { attempts: 1 });
  await clock.advance(1);
  const answers = Promise.all(["a", "b", "c"].map((name) => want(name)));
  await clock.advance(3000);
  // The slow one has timed out, after another was answered.
  expect(port.outage.failure).toBeUndefined();
  await clock.advance(2000);
  expect((await answers).map(({ answer }) => answer.failure)).toEqual([undefined, "access-denied", undefined]);
  expect(call).toBe(1);
});

test("who has left before a place is free is told at once", async () => {
  const { want, clock } = makeBatch({ limit: 1, reply: () => new Promise(() => {}) });
  for (let busy = 0; busy < 8; busy += 1) void want(`busy-${busy}`);
  await clock.settle();
  const gone = new AbortController();
  const answer = want("late", { signal: gone.signal });
  gone.abort();
  await clock.advance(1);
  expect(await isPending(answer)).toBe(false);
  expect(await answer).toEqual({ answer: { failure: "aborted" }, attempts: 0, turnedAway: true });
});

test.each(["throttled", "timeout", "payload-corrupt"] as const)(
  "a request that fails as a whole with %s sends nobody to ask alone",
  async (failure) => {
    const { want, source, clock } = makeBatch({ limit: 10, answer: () => ({ failure }) });
    const answers = Promise.all([want("a"), want("b")]);
    await clock.advance("20s");
    expect((await answers).map(({ answer }) => answer)).toEqual([{ failure }, { failure }]);
    expect(source.single.calls).toEqual([]);
  },
);
