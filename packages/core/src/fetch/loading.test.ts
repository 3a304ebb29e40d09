import { expect, test } from "vitest";
import { makePort } from "../../test/make-port.ts";
import { type Reply, scriptedSource } from "../../test/scripted-source.ts";
import type { Clock } from "../time/clock.ts";

const after = (clock: Clock, ms: number) => new Promise<void>((resolve) => clock.setTimer(resolve, ms));

function makeLoading(load: (clock: Clock) => Promise<void> | undefined, reply: Reply = "value") {
  const made = makePort((clock) => ({ ...scriptedSource(reply, { clock }), load: () => load(clock) }));
  const start = made.clock.now();
  return { ...made, at: () => made.source.calls.map((call) => call.at - start) };
}

const answered = (attempts: number) => ({ answer: { payload: "value" }, attempts, turnedAway: false });

test("what is loaded for a call takes nothing of its one attempt, and is no outage of the store", async () => {
  const { want, clock, port, at } = makeLoading((its) => after(its, 5000));
  const answers = [want("a", { attempts: 1 }), want("b", { attempts: 1 })];
  await clock.advance("5s");
  expect(await Promise.all(answers)).toEqual([answered(1), answered(1)]);
  expect(at()).toEqual([5000, 5000]);
  expect(port.outage.failure).toBeUndefined();
  clock.assertIdle();
});

test("an attempt behind it has its own three seconds, and the call ends within its ten", async () => {
  const { want, clock, at } = makeLoading(
    (its) => after(its, 5000),
    () => new Promise(() => {}),
  );
  const start = clock.now();
  let ended: number | undefined;
  const answer = want("a").then((it) => {
    ended = clock.now() - start;
    return it;
  });
  await clock.advance("10s");
  expect(await answer).toMatchObject({ answer: { failure: "timeout" }, attempts: 2 });
  expect(at()).toEqual([0, 3050].map((ms) => 5000 + ms));
  expect(ended).toBe(10_000);
});

test("what never comes is waited for until one attempt is left of the call", async () => {
  const { want, clock, at } = makeLoading(() => new Promise(() => {}));
  const answer = want("a");
  await clock.advance("7s");
  expect(await answer).toEqual(answered(1));
  expect(at()).toEqual([7000]);
  clock.assertIdle();
});

test.each<[string, () => Promise<void> | undefined]>([
  ["rejects", () => Promise.reject(new Error("hunter2"))],
  [
    "throws",
    () => {
      throw new Error("hunter2");
    },
  ],
  ["gives nothing", () => undefined],
])("a load that %s leaves the word to the call", async (_, load) => {
  const { want, at } = makeLoading(load);
  expect(await want("a")).toEqual(answered(1));
  expect(at()).toEqual([0]);
});

test("who leaves while it loads has asked the store for nothing", async () => {
  const { want, clock, port, source } = makeLoading((its) => after(its, 5000));
  const leaving = new AbortController();
  const left = want("a", { signal: leaving.signal });
  await clock.advance("1s");
  leaving.abort();
  expect(await left).toMatchObject({ answer: { failure: "aborted" }, attempts: 0 });
  expect(source.calls).toEqual([]);
  expect(port.outage.failure).toBeUndefined();
});

test("the queue for a place and the load share the seven seconds", async () => {
  const { want, clock } = makeLoading(
    (its) => after(its, 3000),
    () => new Promise(() => {}),
  );
  const start = clock.now();
  const answers = Array.from({ length: 8 }, (_, index) => want(`name-${index}`));
  let waitedMs: number | undefined;
  const ninth = want("ninth").then((answer) => {
    waitedMs = clock.now() - start;
    return answer;
  });
  await clock.advance("10s");
  expect(await ninth).toMatchObject({ answer: { failure: "timeout" }, attempts: 0 });
  expect(waitedMs).toBe(7000);
  expect((await Promise.all(answers)).map(({ attempts }) => attempts)).toEqual(answers.map(() => 3));
  clock.assertIdle();
});
