import { describe, expect, test, vi } from "vitest";
import { SecretsError } from "../errors/secrets-error.ts";
import { type VirtualClock, virtualClock } from "./virtual-clock.ts";

const moves = ["advance", "advanceMonotonic", "stall"] as const;

describe.each(moves)("a callback that throws during %s", (move) => {
  test("loses no other timer, and its own error comes out at the end", async () => {
    const clock = virtualClock();
    const fired: string[] = [];
    const error = new Error("on purpose");
    clock.setTimer(() => fired.push("before"), 1);
    clock.setTimer(() => {
      throw error;
    }, 2);
    clock.setTimer(() => fired.push("after"), 3);
    await expect(clock[move](10)).rejects.toBe(error);
    expect([fired, clock.monotonic(), clock.pending]).toEqual([["before", "after"], 10, 0]);
    await clock[move](1);
  });

  test("like others: all of their errors come out", async () => {
    const clock = virtualClock();
    const errors = [new Error("one"), new Error("two")];
    for (const error of errors) {
      clock.setTimer(() => {
        throw error;
      }, 1);
    }
    const thrown = await clock[move](1).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(AggregateError);
    expect(thrown).toMatchObject({ errors, message: "virtualClock: 2 timers failed" });
  });
});

describe.each(moves)("%s while time is being moved", (move) => {
  test("by a callback: refused with a clear error, everything else happens", async () => {
    const clock = virtualClock();
    const other = vi.fn();
    clock.setTimer(() => void clock[move](5), 1);
    clock.setTimer(other, 2);
    await expect(clock.advance(10)).rejects.toThrow("time is already being moved");
    expect([other.mock.calls.length, clock.monotonic()]).toEqual([1, 10]);
  });

  test("by a call that was not awaited: refused, and allowed again afterwards", async () => {
    const clock = virtualClock();
    const first = clock.advance(10);
    expect(() => clock[move](5)).toThrow("time is already being moved");
    await first;
    await clock[move](5);
    expect(clock.monotonic()).toBe(15);
  });
});

describe("a timer that sets itself again with no delay for ever", () => {
  function endless(clock: VirtualClock): () => number {
    let fired = 0;
    const again = () => {
      fired += 1;
      clock.setTimer(again, 0);
    };
    clock.setTimer(again, 5);
    return () => fired;
  }

  test.each(moves)("ends %s with an error, at that moment", async (move) => {
    const clock = virtualClock();
    const fired = endless(clock);
    await expect(clock[move](10)).rejects.toThrow("1000 timers in a row took no time at all");
    expect(fired()).toBe(1000);
    expect([clock.monotonic(), clock.pending]).toEqual([move === "stall" ? 10 : 5, 1]);
  });

  test("also if it hides behind a promise, and among other timers", async () => {
    const clock = virtualClock();
    const again = async (): Promise<void> => {
      await null;
      clock.setTimer(() => void again(), 0);
      clock.setTimer(() => {}, 0);
    };
    void again();
    await expect(clock.advance(1)).rejects.toThrow("1000 timers in a row took no time at all");
  });

  test("does not hide the errors of other callbacks", async () => {
    const clock = virtualClock();
    const error = new Error("on purpose");
    clock.setTimer(() => {
      throw error;
    }, 1);
    endless(clock);
    const thrown = await clock.advance(10).catch((reason: unknown) => reason);
    expect(thrown).toMatchObject({ errors: [error, { message: expect.stringContaining("in a row") }] });
  });

  test("is not suspected where many timers fall due at one moment, or one fires often as time passes", async () => {
    const clock = virtualClock();
    const callback = vi.fn();
    for (let each = 0; each < 3000; each++) clock.setTimer(() => clock.setTimer(callback, 0), 5);
    const tick = () => void clock.setTimer(tick, 1);
    tick();
    await clock.advance(3000);
    expect(callback).toHaveBeenCalledTimes(3000);
  });

  test("is not suspected where a test moves by nothing, again and again", async () => {
    const clock = virtualClock();
    for (let each = 0; each < 1500; each++) {
      clock.setTimer(() => {}, 0);
      await clock.advance(0);
    }
    expect(clock.pending).toBe(0);
  });
});

describe("lengths that make no sense are refused, and nothing moves", () => {
  const lengths = [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, "5", "-5m", undefined, null];
  const all = ["advance", "advanceMonotonic", "stall", "freeze"] as const;
  test.each(all.flatMap((move) => lengths.map((by) => [move, by] as const)))("%s(%s)", (move, by) => {
    const clock = virtualClock({ now: 0 });
    expect(() => clock[move](by as number)).toThrow(SecretsError);
    expect(() => clock[move](by as number)).toThrow(`\`${move}\` must be`);
    expect([clock.now(), clock.monotonic()]).toEqual([0, 0]);
  });

  test.each([0.5, Number.NaN, Number.NEGATIVE_INFINITY, "5m"])("jump(%s)", (byMs) => {
    const clock = virtualClock({ now: 0 });
    expect(() => clock.jump(byMs as number)).toThrow("`jump` must be whole milliseconds.");
    expect(clock.now()).toBe(0);
  });

  test.each([Number.NaN, 0.5, "2026-01-01"])("a start at %s", (now) => {
    expect(() => virtualClock({ now: now as number })).toThrow("`now` must be whole milliseconds.");
  });
});

describe("ending with work pending", () => {
  test("assertIdle says when it is due", async () => {
    const clock = virtualClock();
    clock.assertIdle();
    clock.setTimer(() => {}, 300, "hold");
    const timer = clock.setTimer(() => {}, 150);
    await clock.advance(100);
    expect(() => clock.assertIdle()).toThrow(
      "virtualClock: 2 timers are still pending, due in 50 ms, in 200 ms (holds the process).",
    );
    timer.cancel();
    await clock.advance(200);
    clock.assertIdle();
  });

  test("`using` refuses it", () => {
    const forgetful = () => {
      using clock = virtualClock();
      clock.setTimer(() => {}, 5);
    };
    expect(forgetful).toThrow("1 timer is still pending, due in 5 ms");
    const tidy = () => {
      using clock = virtualClock();
      clock.setTimer(() => {}, 5).cancel();
    };
    expect(tidy).not.toThrow();
  });
});
