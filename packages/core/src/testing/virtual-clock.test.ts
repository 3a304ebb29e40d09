import { AsyncLocalStorage } from "node:async_hooks";
import { describe, expect, test, vi } from "vitest";
import { virtualClock } from "./virtual-clock.ts";

describe("at its start", () => {
  test("the wall clock stands at 2026-01-01T00:00:00Z, monotonic time at 0", () => {
    const clock = virtualClock();
    expect(new Date(clock.now()).toISOString()).toBe("2026-01-01T00:00:00.000Z");
    expect([clock.monotonic(), clock.pending, clock.holding]).toEqual([0, 0, 0]);
  });

  test.each([0, -1, 1_234_567_890_123])("the wall clock stands where it is told to: %d", (now) => {
    expect(virtualClock({ now }).now()).toBe(now);
  });

  test("no time passes by itself", async () => {
    const clock = virtualClock();
    const callback = vi.fn();
    clock.setTimer(callback, 0);
    await clock.settle();
    expect(callback).not.toHaveBeenCalled();
    expect(clock.monotonic()).toBe(0);
  });
});

describe("advance", () => {
  test("moves both clocks together, by milliseconds or by a duration", async () => {
    const clock = virtualClock({ now: 1000 });
    await clock.advance(250);
    expect([clock.now(), clock.monotonic()]).toEqual([1250, 250]);
    await clock.advance("5m");
    expect([clock.now(), clock.monotonic()]).toEqual([301_250, 300_250]);
  });

  test("fires by due time, then by creation, each at its own moment and once", async () => {
    const clock = virtualClock({ now: 0 });
    const fired: string[] = [];
    const set = (name: string, delayMs: number) =>
      clock.setTimer(() => fired.push(`${name}@${clock.now()}/${clock.monotonic()}`), delayMs);
    set("c", 30);
    set("a1", 10);
    set("b", 20);
    set("a2", 10);
    set("late", 31);
    await clock.advance(30);
    expect(fired).toEqual(["a1@10/10", "a2@10/10", "b@20/20", "c@30/30"]);
    await clock.advance(1);
    expect(fired.at(-1)).toBe("late@31/31");
    expect([fired.length, clock.pending]).toEqual([5, 0]);
  });

  test("fires what callbacks set on the way, if it falls due in the same call", async () => {
    const clock = virtualClock({ now: 0 });
    const fired: number[] = [];
    const tick = () => {
      fired.push(clock.monotonic());
      clock.setTimer(tick, 10);
    };
    clock.setTimer(tick, 10);
    await clock.advance(35);
    expect(fired).toEqual([10, 20, 30]);
    expect([clock.monotonic(), clock.pending]).toEqual([35, 1]);
  });

  test("fires what promises set on the way too, among the others in order", async () => {
    const clock = virtualClock();
    const fired: string[] = [];
    const wait = (ms: number) => new Promise<void>((resolve) => clock.setTimer(resolve, ms));
    async function stepwise(): Promise<void> {
      for (let step = 1; step <= 3; step++) {
        await wait(10);
        fired.push(`step ${step}@${clock.monotonic()}`);
      }
    }
    void stepwise();
    clock.setTimer(() => fired.push(`single@${clock.monotonic()}`), 25);
    await clock.advance(30);
    expect(fired).toEqual(["step 1@10", "step 2@20", "single@25", "step 3@30"]);
  });

  test("settles what hangs on each timer before the next one fires, also at the same moment", async () => {
    const clock = virtualClock();
    const log: string[] = [];
    for (const name of ["a", "b"]) {
      clock.setTimer(() => {
        log.push(name);
        void (async () => {
          for (let hop = 0; hop < 50; hop++) await null;
          log.push(`${name} settled`);
        })();
      }, 5);
    }
    await clock.advance(5);
    expect(log).toEqual(["a", "a settled", "b", "b settled"]);
  });

  test("settles before the first timer fires, so that it can still be cancelled", async () => {
    const clock = virtualClock();
    const callback = vi.fn();
    const timer = clock.setTimer(callback, 0);
    void (async () => {
      for (let hop = 0; hop < 50; hop++) await null;
      timer.cancel();
    })();
    await clock.advance(0);
    expect(callback).not.toHaveBeenCalled();
  });

  test("by 0 fires what is due now", async () => {
    const clock = virtualClock();
    const callback = vi.fn();
    clock.setTimer(callback, 0);
    expect(callback).not.toHaveBeenCalled();
    await clock.advance(0);
    expect(callback).toHaveBeenCalledTimes(1);
  });

  test("calls back in the asynchronous context in which the timer was set", async () => {
    const clock = virtualClock();
    const storage = new AsyncLocalStorage<string>();
    const seen: (string | undefined)[] = [];
    storage.run("a", () => clock.setTimer(() => seen.push(storage.getStore()), 1));
    clock.setTimer(() => seen.push(storage.getStore()), 1);
    await storage.run("outside", () => clock.advance(1));
    expect(seen).toEqual(["a", undefined]);
  });
});

describe("delays", () => {
  test.each([
    [-5, 0],
    [Number.NEGATIVE_INFINITY, 0],
    [0.1, 1],
    [10.5, 11],
    [2 ** 40, 2 ** 40],
  ])("%d fires after %d ms", async (delayMs, expected) => {
    const clock = virtualClock();
    const firedAt = vi.fn();
    clock.setTimer(() => firedAt(clock.monotonic()), delayMs);
    await clock.advance(2 ** 40);
    expect(firedAt.mock.calls).toEqual([[expected]]);
  });

  test("an endless one never fires and stays pending", async () => {
    const clock = virtualClock();
    const timer = clock.setTimer(() => expect.fail("fired"), Number.POSITIVE_INFINITY);
    await clock.advance("366d");
    expect(clock.pending).toBe(1);
    timer.cancel();
    expect(clock.pending).toBe(0);
  });

  test("NaN is refused, as by the machine's own clock", () => {
    const clock = virtualClock();
    expect(() => clock.setTimer(() => {}, Number.NaN)).toThrow(RangeError);
    expect(clock.pending).toBe(0);
  });
});

describe("cancelling", () => {
  test("is idempotent, before and after it fired", async () => {
    const clock = virtualClock();
    const callback = vi.fn();
    const cancelled = clock.setTimer(callback, 1);
    const fired = clock.setTimer(callback, 1);
    cancelled.cancel();
    cancelled.cancel();
    expect(clock.pending).toBe(1);
    await clock.advance(1);
    fired.cancel();
    expect([callback.mock.calls.length, clock.pending]).toEqual([1, 0]);
  });

  test("works from a callback, on another timer of the same moment and on itself", async () => {
    const clock = virtualClock();
    const other = vi.fn();
    const first = clock.setTimer(() => {
      first.cancel();
      second.cancel();
    }, 1);
    const second = clock.setTimer(other, 1);
    const third = vi.fn();
    clock.setTimer(third, 1);
    await clock.advance(1);
    expect([other.mock.calls.length, third.mock.calls.length]).toEqual([0, 1]);
  });
});

test("holding counts the timers that would keep a program alive", async () => {
  const clock = virtualClock();
  clock.setTimer(() => {}, 1);
  const held = clock.setTimer(() => {}, 2, "hold");
  clock.setTimer(() => {}, 3, "hold");
  expect([clock.pending, clock.holding]).toEqual([3, 2]);
  held.cancel();
  await clock.advance(1);
  expect([clock.pending, clock.holding]).toEqual([1, 1]);
  await clock.advance(2);
  expect([clock.pending, clock.holding]).toEqual([0, 0]);
});

test("two clocks know nothing of each other", async () => {
  const [one, two] = [virtualClock(), virtualClock()];
  const callback = vi.fn();
  two.setTimer(callback, 5);
  await one.advance(10);
  expect([two.monotonic(), callback.mock.calls.length]).toEqual([0, 0]);
});

test("works beside a runner's fake timers and moves none of them", async () => {
  vi.useFakeTimers();
  try {
    const clock = virtualClock({ now: 0 });
    const [ours, theirs] = [vi.fn(), vi.fn()];
    clock.setTimer(ours, 10);
    setTimeout(theirs, 10);
    await clock.advance(10);
    expect([ours.mock.calls.length, theirs.mock.calls.length, clock.now()]).toEqual([1, 0, 10]);
    vi.advanceTimersByTime(10);
    expect([theirs.mock.calls.length, clock.now()]).toEqual([1, 10]);
  } finally {
    vi.useRealTimers();
  }
});
