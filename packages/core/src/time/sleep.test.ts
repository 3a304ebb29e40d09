import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { virtualClock } from "../testing/virtual-clock.ts";
import { sleep } from "./sleep.ts";

function listenersOf(signal: AbortSignal): number {
  return getEventListeners(signal, "abort").length;
}

test("resolves when the time has passed, not before", async () => {
  using clock = virtualClock();
  let result: string | undefined;
  const slept = sleep(clock, 100).then((outcome) => {
    result = outcome;
  });
  await clock.advance(99);
  expect(result).toBeUndefined();
  await clock.advance(1);
  expect(result).toBe("elapsed");
  await slept;
});

test("elapsed: no timer and no listener is left", async () => {
  using clock = virtualClock();
  const { signal } = new AbortController();
  const slept = sleep(clock, 100, signal);
  expect([clock.pending, listenersOf(signal)]).toEqual([1, 1]);
  await clock.advance(100);
  await expect(slept).resolves.toBe("elapsed");
  expect([clock.pending, listenersOf(signal)]).toEqual([0, 0]);
});

test("aborted: resolves at once, and no timer and no listener is left", async () => {
  using clock = virtualClock();
  const controller = new AbortController();
  const slept = sleep(clock, 100, controller.signal);
  await clock.advance(50);
  controller.abort(new Error("on purpose"));
  expect([clock.pending, listenersOf(controller.signal)]).toEqual([0, 0]);
  await expect(slept).resolves.toBe("aborted");
});

test("aborted beforehand: no timer is set and no listener added", async () => {
  using clock = virtualClock();
  const signal = AbortSignal.abort();
  const slept = sleep(clock, 100, signal);
  expect([clock.pending, listenersOf(signal)]).toEqual([0, 0]);
  await expect(slept).resolves.toBe("aborted");
});

test("an abort after the end changes nothing", async () => {
  using clock = virtualClock();
  const controller = new AbortController();
  const slept = sleep(clock, 5, controller.signal);
  await clock.advance(5);
  controller.abort();
  await expect(slept).resolves.toBe("elapsed");
});

test("a wait of no time still takes a turn of the clock", async () => {
  using clock = virtualClock();
  const slept = sleep(clock, 0);
  expect(clock.pending).toBe(1);
  await clock.advance(0);
  await expect(slept).resolves.toBe("elapsed");
});

test("holds the process only when asked to", async () => {
  using clock = virtualClock();
  const controller = new AbortController();
  void sleep(clock, 5, controller.signal);
  expect(clock.holding).toBe(0);
  void sleep(clock, 5, controller.signal, "hold");
  expect(clock.holding).toBe(1);
  controller.abort();
});

test("a delay that is not a number rejects and leaves no listener", async () => {
  using clock = virtualClock();
  const { signal } = new AbortController();
  await expect(sleep(clock, Number.NaN, signal)).rejects.toThrow(RangeError);
  expect(listenersOf(signal)).toBe(0);
});
