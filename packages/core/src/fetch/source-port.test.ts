import { describe, expect, test } from "vitest";
import { makePort } from "../../test/make-port.ts";
import { hangs, type Reply, scriptedSource } from "../../test/scripted-source.ts";

const unavailable = { failure: "unavailable" } as const;
const names = (count: number) => Array.from({ length: count }, (_, index) => `name-${index}`);

/** Waits are half of their range: 50 ms, 100 ms between attempts; 500 ms, 1 s, ... between calls. */
const make = (replies: Reply | readonly Reply[]) => makePort((clock) => scriptedSource(replies, { clock }));

describe("slots", () => {
  test("eight reads at once, the others in the order in which they came", async () => {
    const { want, clock, source } = make(
      ({ ref }) => new Promise((resolve) => clock.setTimer(() => resolve({ payload: ref.name }), 100)),
    );
    const answers = Promise.all(names(20).map((name) => want(name)));
    await clock.settle();
    expect(source.calls).toHaveLength(8);
    await clock.advance(99);
    expect(source.calls).toHaveLength(8);
    await clock.advance(1);
    expect(source.calls).toHaveLength(16);
    await clock.advance(200);
    expect((await answers).map(({ answer }) => answer.failure)).toEqual(names(20).map(() => undefined));
    expect(source.calls.map(({ ref }) => ref.name)).toEqual(names(20));
  });

  test("a call keeps its slot between two attempts, and so ends within its 10 s", async () => {
    const { want, clock, source } = make({ failure: "throttled", retryAfterMs: 3000 });
    const answers = Promise.all(names(9).map((name) => want(name)));
    await clock.advance(2999);
    expect(source.calls).toHaveLength(8);
    await clock.advance("7s");
    // The first to give up ends the retries of the others, and turns away the ninth.
    expect((await answers).map(({ attempts }) => attempts)).toEqual([3, 2, 2, 2, 2, 2, 2, 2, 0]);
  });

  test("a call that nobody wants any more gives its slot to the next", async () => {
    const { want, clock, source } = make(hangs);
    const gone = new AbortController();
    for (const name of names(8)) void want(name, { signal: gone.signal });
    void want("next");
    await clock.settle();
    expect(source.calls).toHaveLength(8);
    gone.abort();
    await clock.settle();
    expect(source.calls.map(({ ref }) => ref.name)).toEqual([...names(8), "next"]);
  });
});

describe("an outage", () => {
  test.each([
    // Two attempts of each, and the third of the first, which ends the others.
    ["refuses at once", unavailable, 150, 17, 0],
    // Those that wait for a place do so for 7 s.
    ["hangs", hangs, 9150, 24, 992],
  ])(
    "that %s, found by a thousand reads: the attempts of eight calls, and all the others are told",
    async (_what, reply, found, calls, before) => {
      const { want, clock, source } = make(reply as Reply);
      let settled = 0;
      const answers = names(1000).map((name) => want(name).finally(() => (settled += 1)));
      await clock.advance(Math.min(found, 7000) - 1);
      expect(settled).toBe(0);
      await clock.advance(found - Math.min(found, 7000));
      expect(settled).toBe(before);
      await clock.advance(1);
      expect(settled).toBe(1000);
      expect(source.calls).toHaveLength(calls);
      const ended = await Promise.all(answers);
      expect(ended.filter(({ turnedAway }) => turnedAway)).toHaveLength(992);
      expect(new Set(ended.map(({ answer }) => answer.failure)).size).toBe(1);
      clock.assertIdle();
    },
  );

  test("is tried by one call of one attempt per backoff step, whoever asks", async () => {
    const { want, clock, source } = make(unavailable);
    const start = clock.now();
    for (let tick = 0; tick < 600; tick += 1) {
      for (const name of names(5)) void want(name);
      await clock.advance(50);
    }
    const tries = source.calls.map((call) => call.at - start).filter((at) => at > 150);
    // Found at 150 ms; then 500 ms, 1 s, 2 s, ... until the next one, as seen by readers who come every 50 ms.
    expect(tries).toEqual([650, 1650, 3650, 7650, 15_650]);
  });

  test("ends with one answer, and everybody may call again", async () => {
    const { want, clock, source, port } = make([unavailable, unavailable, unavailable, "value"]);
    const first = want("db");
    await clock.advance(150);
    expect(await first).toMatchObject({ attempts: 3 });
    expect(await want("other")).toEqual({ answer: unavailable, attempts: 0, turnedAway: true });
    expect(port.outage.failure).toEqual(unavailable);
    await clock.advance(500);
    const tries = await Promise.all(names(200).map((name) => want(name)));
    expect(tries.map(({ turnedAway }) => turnedAway)).toEqual([false, ...names(199).map(() => true)]);
    expect(port.outage.failure).toBeUndefined();
    await Promise.all(names(20).map((name) => want(name)));
    expect(source.calls).toHaveLength(3 + 1 + 20);
  });

  test("ends the retries of calls that are under way", async () => {
    const { want, clock, source } = make([
      { failure: "throttled", retryAfterMs: 5000 },
      unavailable,
      unavailable,
      unavailable,
    ]);
    const patient = want("patient");
    const other = want("other");
    await clock.advance(5000);
    expect(await other).toMatchObject({ answer: unavailable, attempts: 3 });
    expect(await patient).toEqual({ answer: unavailable, attempts: 1, turnedAway: false });
    expect(source.calls).toHaveLength(4);
  });
});

test("an answer of another call during one that fails is no outage", async () => {
  const { want, clock, port } = make(({ ref }) => {
    if (ref.name === "good") return new Promise((resolve) => clock.setTimer(() => resolve({ payload: "value" }), 100));
    return hangs();
  });
  const failing = want("bad");
  const answered = want("good");
  await clock.advance("10s");
  expect((await answered).answer.failure).toBeUndefined();
  expect((await failing).answer.failure).toBe("timeout");
  expect(port.outage.failure).toBeUndefined();
  const alone = want("bad");
  await clock.advance("10s");
  expect((await alone).answer.failure).toBe("timeout");
  expect(port.outage.failure).toMatchObject({ failure: "timeout" });
});

test("a request that the source refuses before it uses the network ends no outage, and holds up nobody", async () => {
  const { want, clock, port, source } = make(({ ref }) =>
    Promise.resolve(ref.name === "../bad" ? { failure: "invalid-request" } : unavailable),
  );
  void want("db");
  await clock.advance(150 + 500);
  expect((await want("../bad")).answer.failure).toBe("invalid-request");
  expect(port.outage.failure).toEqual(unavailable);
  expect(await want("db")).toMatchObject({ attempts: 1, turnedAway: false });
  expect(await want("db")).toMatchObject({ attempts: 0, turnedAway: true });
  expect(source.calls).toHaveLength(3 + 1 + 1);
});

test("impatient callers of a source that hangs do not make it one try after the other", async () => {
  const { want, clock, source } = make(hangs);
  void want("db");
  await clock.advance("10s");
  const before = source.calls.length;
  const start = clock.now();
  for (let tick = 0; tick < 600; tick += 1) {
    const impatient = new AbortController();
    const answer = want("db", { signal: impatient.signal });
    await clock.advance(50);
    impatient.abort();
    await answer;
    await clock.advance(50);
  }
  // A minute of it: each try that is given up is as far from the next as one that failed would be. After a few they are
  // heard out, and fail.
  const tries = source.calls.slice(before).map((call) => call.at - start);
  expect(tries.length).toBeGreaterThan(5);
  const distances = tries.slice(1).map((at, index) => at - (tries[index] ?? 0));
  expect(Math.min(...distances)).toBeGreaterThanOrEqual(500);
});
