import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, expectTypeOf, test, vi } from "vitest";
import { virtualClock } from "../testing/virtual-clock.ts";
import { type DeadlineOutcome, withDeadline } from "./with-deadline.ts";

const unhandled = vi.fn();
beforeEach(() => {
  unhandled.mockReset();
  process.on("unhandledRejection", unhandled);
});
afterEach(async () => {
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

function ignorant(_signal: AbortSignal): Promise<never> {
  return new Promise(() => {});
}

function listenersOf(signal: AbortSignal): number {
  return getEventListeners(signal, "abort").length;
}

/** A run that obeys as good clients do: rejects in the very moment its signal is aborted. */
function obedient(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
}

describe("the answer in time", () => {
  test("is the outcome; no timer and no listener is left, and the signal stays quiet", async () => {
    using clock = virtualClock();
    const { signal: parent } = new AbortController();
    let seen: AbortSignal | undefined;
    let answer = (_: string) => {};
    const run = vi.fn((signal: AbortSignal) => {
      seen = signal;
      return new Promise<string>((resolve) => {
        answer = resolve;
      });
    });
    const outcome = withDeadline(clock, 100, run, parent);
    expect(run).toHaveBeenCalledTimes(1);
    expect([clock.pending, clock.holding, listenersOf(parent)]).toEqual([1, 1, 1]);
    await clock.advance(99);
    answer("yes");
    await expect(outcome).resolves.toEqual({ value: "yes" });
    expect([clock.pending, listenersOf(parent)]).toEqual([0, 0]);
    await clock.advance(1000);
    expect(seen?.aborted).toBe(false);
  });

  test("may be undefined", async () => {
    using clock = virtualClock();
    const outcome = await withDeadline(clock, 100, async () => undefined);
    expect(outcome).toEqual({ value: undefined });
    expect(outcome.ended).toBeUndefined();
  });
});

describe("a failure in time", () => {
  const failure = new Error("on purpose");
  const runs: [string, () => Promise<never>][] = [
    ["a rejection", () => Promise.reject(failure)],
    [
      "thrown at once",
      () => {
        throw failure;
      },
    ],
  ];
  test.each(runs)("%s passes through; no timer and no listener is left", async (_, run) => {
    using clock = virtualClock();
    const { signal: parent } = new AbortController();
    await expect(withDeadline(clock, 100, run, parent)).rejects.toBe(failure);
    expect([clock.pending, listenersOf(parent)]).toEqual([0, 0]);
  });
});

describe("the deadline", () => {
  test("ends it at its moment, aborts the signal, and leaves no timer and no listener", async () => {
    using clock = virtualClock();
    const { signal: parent } = new AbortController();
    const run = vi.fn(ignorant);
    const outcome = withDeadline(clock, 100, run, parent);
    const seen = run.mock.calls[0]?.[0];
    await clock.advance(99);
    expect(seen?.aborted).toBe(false);
    await clock.advance(1);
    expect(seen?.aborted).toBe(true);
    expect(seen?.reason).toMatchObject({ name: "TimeoutError" });
    expect([clock.pending, listenersOf(parent)]).toEqual([0, 0]);
    await expect(outcome).resolves.toEqual({ ended: "timeout" });
  });

  test("is the outcome also when run rejects because of it", async () => {
    using clock = virtualClock();
    const outcome = withDeadline(clock, 100, obedient);
    await clock.advance(100);
    await expect(outcome).resolves.toEqual({ ended: "timeout" });
  });

  test.each(["resolve", "reject"] as const)("run may %s later: nobody hears of it", async (how) => {
    using clock = virtualClock();
    let finish = () => {};
    const outcome = withDeadline(clock, 100, () => {
      return new Promise<string>((resolve, reject) => {
        finish = () => (how === "resolve" ? resolve("late") : reject(new Error("late")));
      });
    });
    await clock.advance(100);
    finish();
    await clock.settle();
    await expect(outcome).resolves.toEqual({ ended: "timeout" });
  });

  test("a delay that is not a number rejects before run is called", async () => {
    using clock = virtualClock();
    const { signal: parent } = new AbortController();
    const run = vi.fn(ignorant);
    await expect(withDeadline(clock, Number.NaN, run, parent)).rejects.toThrow(RangeError);
    expect(run).not.toHaveBeenCalled();
    expect(listenersOf(parent)).toBe(0);
  });
});

describe("the parent's abort", () => {
  test("ends it at once and is passed on with its reason; no timer and no listener is left", async () => {
    using clock = virtualClock();
    const parent = new AbortController();
    const reason = new Error("caller went away");
    const run = vi.fn(ignorant);
    const outcome = withDeadline(clock, 100, run, parent.signal);
    const seen = run.mock.calls[0]?.[0];
    parent.abort(reason);
    expect(seen?.reason).toBe(reason);
    expect([clock.pending, listenersOf(parent.signal)]).toEqual([0, 0]);
    await expect(outcome).resolves.toEqual({ ended: "aborted" });
  });

  test("is the outcome also when run rejects because of it", async () => {
    using clock = virtualClock();
    const parent = new AbortController();
    const outcome = withDeadline(clock, 100, obedient, parent.signal);
    parent.abort();
    await expect(outcome).resolves.toEqual({ ended: "aborted" });
  });

  test("is seen also when run itself causes it", async () => {
    using clock = virtualClock();
    const parent = new AbortController();
    const run = (signal: AbortSignal) => {
      parent.abort();
      return obedient(signal);
    };
    await expect(withDeadline(clock, 100, run, parent.signal)).resolves.toEqual({ ended: "aborted" });
    expect([clock.pending, listenersOf(parent.signal)]).toEqual([0, 0]);
  });

  test("beforehand: run is not called, no timer is set", async () => {
    using clock = virtualClock();
    const run = vi.fn(ignorant);
    await expect(withDeadline(clock, 100, run, AbortSignal.abort())).resolves.toEqual({ ended: "aborted" });
    expect(run).not.toHaveBeenCalled();
    expect(clock.pending).toBe(0);
  });
});

test("the outcome's type tells the cases apart", () => {
  const read = (outcome: DeadlineOutcome<number>) => {
    if (outcome.ended === undefined) expectTypeOf(outcome.value).toEqualTypeOf<number>();
    else expectTypeOf(outcome.ended).toEqualTypeOf<"timeout" | "aborted">();
  };
  read({ value: 1 });
  read({ ended: "timeout" });
});
