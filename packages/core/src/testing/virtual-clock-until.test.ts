import { describe, expect, test, vi } from "vitest";
import { sleep } from "../time/sleep.ts";
import { virtualClock } from "./virtual-clock.ts";

describe("until", () => {
  test("time passes from timer to timer, and stops where the promise settles", async () => {
    const clock = virtualClock({ now: 0 });
    const later = vi.fn();
    clock.setTimer(later, 5000);
    const work = async () => {
      await sleep(clock, 1000);
      await sleep(clock, 2000);
      return "done";
    };
    expect(await clock.until(work())).toBe("done");
    expect([clock.now(), clock.monotonic(), clock.pending]).toEqual([3000, 3000, 1]);
    expect(later).not.toHaveBeenCalled();
  });

  test("no time passes for one that needs none", async () => {
    const clock = virtualClock();
    clock.setTimer(() => {}, 10);
    expect(await clock.until(Promise.resolve(7))).toBe(7);
    await expect(clock.until(Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect([clock.monotonic(), clock.pending]).toEqual([0, 1]);
  });

  test("a rejection on the way is the caller's, and unhandled nowhere", async () => {
    const clock = virtualClock();
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    const work = sleep(clock, 1000).then(() => Promise.reject(new Error("refused")));
    await expect(clock.until(work)).rejects.toThrow("refused");
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  test("one that nothing can settle is an error that says so", async () => {
    const clock = virtualClock();
    const never = new Promise(() => {});
    await expect(clock.until(never, "1m")).rejects.toThrow("has not settled in 60000 ms; no timer is left");
    clock.setTimer(() => {}, 3_600_001, "hold");
    await expect(clock.until(never, "2m")).rejects.toThrow("due in 3480001 ms (holds the process)");
    expect(clock.monotonic()).toBe(180_000);
  });

  test("a timer that sets the next one for ever does not keep it", async () => {
    const clock = virtualClock();
    const tick = () => void clock.setTimer(tick, 60_000);
    tick();
    await expect(clock.until(new Promise(() => {}))).rejects.toThrow("has not settled in 3600000 ms");
  });

  test("what a timer throws comes out", async () => {
    const clock = virtualClock();
    clock.setTimer(() => {
      throw new Error("on purpose");
    }, 1);
    await expect(clock.until(sleep(clock, 2))).rejects.toThrow("on purpose");
  });

  test("refuses a length that is none, and to run beside another move", async () => {
    const clock = virtualClock();
    await expect(clock.until(Promise.resolve(), -1)).rejects.toMatchObject({ code: "invalid-options" });
    const moving = clock.advance(1);
    await expect(clock.until(Promise.resolve())).rejects.toThrow("already being moved");
    await moving;
  });
});
