import { describe, expect, test } from "vitest";
import { makePort } from "../../test/make-port.ts";
import { hangs, type Reply, type ScriptOptions, scriptedSource } from "../../test/scripted-source.ts";
import { failureCodes } from "../errors/error-code.ts";

const unavailable = { failure: "unavailable" } as const;
const outages = ["throttled", "unavailable", "timeout"] as const;

/** Waits are half of their range: 50 ms after the first attempt, 100 ms after the second. */
function makeCall(replies: Reply | readonly Reply[], options: ScriptOptions = {}) {
  const made = makePort((clock) => scriptedSource(replies, { ...options, clock }));
  const start = made.clock.now();
  return { ...made, at: () => made.source.calls.map((call) => call.at - start) };
}

describe.each(outages)("%s", (failure) => {
  test("is tried three times, at the documented distance", async () => {
    const { want, clock, at } = makeCall({ failure });
    const answer = want("db");
    await clock.advance("10s");
    expect(await answer).toEqual({ answer: { failure }, attempts: 3, turnedAway: false });
    expect(at()).toEqual([0, 50, 150]);
    clock.assertIdle();
  });

  test("is left after one attempt where no more are wanted", async () => {
    const { want, clock, at } = makeCall({ failure });
    const answer = want("db", { attempts: 1 });
    await clock.advance("10s");
    expect(await answer).toEqual({ answer: { failure }, attempts: 1, turnedAway: false });
    expect(at()).toEqual([0]);
  });

  test("and then a record: the record, and the attempts that it took", async () => {
    const { want, clock, at } = makeCall([{ failure }, { failure }, "value"]);
    const answer = want("db");
    await clock.advance("10s");
    expect(await answer).toEqual({ answer: { payload: "value" }, attempts: 3, turnedAway: false });
    expect(at()).toEqual([0, 50, 150]);
  });
});

test("waits have full jitter: from nothing to 100 ms, then to 200 ms", async () => {
  for (const [share, expected] of [
    [0, [0, 0, 0]],
    [0.999999, [0, 100, 300]],
  ] as const) {
    const made = makePort(
      (clock) => scriptedSource(unavailable, { clock }),
      () => share,
    );
    const start = made.clock.now();
    const answer = made.want("db");
    await made.clock.advance("10s");
    await answer;
    expect(made.source.calls.map((call) => call.at - start)).toEqual(expected);
  }
});

test("a corrupted payload is read once more", async () => {
  const { want, clock, at } = makeCall({ failure: "payload-corrupt" });
  const answer = want("db");
  await clock.advance("10s");
  expect(await answer).toMatchObject({ answer: { failure: "payload-corrupt" }, attempts: 2 });
  expect(at()).toEqual([0, 50]);
});

test.each(failureCodes.filter((code) => ![...outages, "payload-corrupt"].includes(code)))(
  "%s is the end of it",
  async (failure) => {
    const { want, clock, at } = makeCall({ failure });
    const answer = want("db");
    await clock.advance("10s");
    expect(await answer).toMatchObject({ answer: { failure }, attempts: 1 });
    expect(at()).toEqual([0]);
  },
);

describe("an attempt", () => {
  test("ends after 3 s; the call ends after 10 s at most", async () => {
    const { want, clock, at } = makeCall(hangs);
    const answer = want("db");
    await clock.advance(9149);
    expect(clock.pending).toBe(1);
    await clock.advance(1);
    expect(await answer).toMatchObject({ answer: { failure: "timeout" }, attempts: 3, turnedAway: false });
    expect(at()).toEqual([0, 3050, 6150]);
    clock.assertIdle();
  });

  test("of what is left of the call is the last one", async () => {
    const { want, clock, at } = makeCall([{ failure: "throttled", retryAfterMs: 9000 }, hangs]);
    const answer = want("db");
    await clock.advance(9999);
    expect(at()).toEqual([0, 9000]);
    await clock.advance(1);
    expect(await answer).toMatchObject({ answer: { failure: "timeout" }, attempts: 2 });
  });
});

describe("Retry-After", () => {
  test("is honoured where it fits into the call", async () => {
    const { want, clock, at } = makeCall([{ failure: "throttled", retryAfterMs: 4000 }, unavailable, "value"]);
    const answer = want("db");
    await clock.advance("10s");
    expect(await answer).toMatchObject({ answer: { payload: "value" }, attempts: 3 });
    expect(at()).toEqual([0, 4000, 4100]);
  });

  test.each([10_000, 10_001, 86_400_000])("of %i ms does not fit: the call fails at once", async (retryAfterMs) => {
    const failure = { failure: "throttled", retryAfterMs } as const;
    const { want, clock, at } = makeCall(failure);
    const answer = want("db");
    await clock.settle();
    expect(await answer).toEqual({ answer: failure, attempts: 1, turnedAway: false });
    expect(at()).toEqual([0]);
    clock.assertIdle();
  });

  test("counts from where the call is by then", async () => {
    const { want, clock, at } = makeCall([hangs, { failure: "throttled", retryAfterMs: 6951 }]);
    const answer = want("db");
    await clock.advance(3050);
    expect(await answer).toMatchObject({ answer: { failure: "throttled" }, attempts: 2 });
    expect(at()).toEqual([0, 3050]);
  });
});

describe("a source that mints", () => {
  test.each(outages)("is asked once, also when it is %s", async (failure) => {
    const { want, clock, at } = makeCall({ failure }, { traits: { mints: true } });
    const answer = want("db");
    await clock.advance("10s");
    expect(await answer).toMatchObject({ answer: { failure }, attempts: 1 });
    expect(at()).toEqual([0]);
  });

  test("has the whole 10 s for its one attempt", async () => {
    const { want, clock, source } = makeCall(hangs, { traits: { mints: true } });
    const answer = want("db");
    await clock.advance(9999);
    expect(source.calls[0]?.context.signal.aborted).toBe(false);
    await clock.advance(1);
    expect(await answer).toMatchObject({ answer: { failure: "timeout" }, attempts: 1 });
  });
});

describe("nobody wants it any more", () => {
  test("during an attempt: it ends at once, and there is no other", async () => {
    const gone = new AbortController();
    const { want, clock, source } = makeCall(hangs);
    const answer = want("db", { signal: gone.signal });
    await clock.advance(100);
    gone.abort();
    expect(await answer).toMatchObject({ answer: { failure: "aborted" }, attempts: 1 });
    expect(source.calls[0]?.context.signal.aborted).toBe(true);
    clock.assertIdle();
  });

  test("between two attempts: there is no other", async () => {
    const gone = new AbortController();
    const { want, clock, at } = makeCall({ failure: "throttled", retryAfterMs: 5000 });
    const answer = want("db", { signal: gone.signal });
    await clock.advance(1000);
    // Somebody awaits it: the process does not end meanwhile.
    expect(clock.holding).toBe(1);
    gone.abort();
    expect(await answer).toMatchObject({ answer: { failure: "aborted" }, attempts: 1 });
    expect(at()).toEqual([0]);
    clock.assertIdle();
  });

  test("before it has begun: there is none", async () => {
    const gone = new AbortController();
    const { want, at } = makeCall("value");
    const answer = want("db", { signal: gone.signal });
    gone.abort();
    expect(await answer).toMatchObject({ answer: { failure: "aborted" }, attempts: 0 });
    expect(at()).toEqual([]);
  });
});

test("what the source does not support it is not asked for", async () => {
  const { want, at } = makeCall("value", { traits: { stages: ["current"], labels: false } });
  const answer = await want("db", { ref: { name: "db", version: "pending" } });
  expect(answer).toMatchObject({ answer: { failure: "unsupported" }, attempts: 0, turnedAway: false });
  expect(at()).toEqual([]);
});
