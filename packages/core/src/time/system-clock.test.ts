import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { systemClock } from "./system-clock.ts";

describe("readings", () => {
  test("now is the wall clock, whole epoch milliseconds", () => {
    const before = Date.now();
    const now = systemClock.now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  test("monotonic is the process's own", () => {
    const before = performance.now();
    const now = systemClock.monotonic();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(performance.now());
  });
});

describe("timers", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("fire once, at their time", () => {
    const callback = vi.fn();
    systemClock.setTimer(callback, 100);
    vi.advanceTimersByTime(99);
    expect(callback).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    vi.advanceTimersByTime(1000);
    expect(callback).toHaveBeenCalledTimes(1);
  });

  test.each([0, -5, Number.NEGATIVE_INFINITY])("a delay of %d fires soon, but not within the call", (delayMs) => {
    const callback = vi.fn();
    systemClock.setTimer(callback, delayMs);
    expect(callback).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(callback).toHaveBeenCalledTimes(1);
  });

  test("NaN is refused, and no timer is set", () => {
    expect(() => systemClock.setTimer(() => {}, Number.NaN)).toThrow(RangeError);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("a fraction never fires early", () => {
    const callback = vi.fn();
    systemClock.setTimer(callback, 10.2);
    vi.advanceTimersByTime(10);
    expect(callback).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(callback).toHaveBeenCalledTimes(1);
  });

  const limit = 2 ** 31 - 1;
  test.each([limit, limit + 1, 3 * limit + 7])(
    "a delay of %d ms is kept, by native timers within their limit",
    (delayMs) => {
      const native = vi.spyOn(globalThis, "setTimeout");
      const callback = vi.fn();
      systemClock.setTimer(callback, delayMs);
      vi.advanceTimersByTime(delayMs - 1);
      expect(callback).not.toHaveBeenCalled();
      vi.advanceTimersByTime(1);
      expect(callback).toHaveBeenCalledTimes(1);
      expect(native.mock.calls.every(([, ms]) => ms !== undefined && ms <= limit)).toBe(true);
      native.mockRestore();
    },
  );

  test("a long wait can be cancelled in each of its parts", () => {
    const callback = vi.fn();
    const timer = systemClock.setTimer(callback, 3 * limit);
    vi.advanceTimersByTime(2 * limit);
    timer.cancel();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(2 * limit);
    expect(callback).not.toHaveBeenCalled();
  });

  test("cancelling is idempotent, before and after it fired", () => {
    const callback = vi.fn();
    const timer = systemClock.setTimer(callback, 5);
    timer.cancel();
    timer.cancel();
    vi.advanceTimersByTime(10);
    expect(callback).not.toHaveBeenCalled();
    const fired = systemClock.setTimer(callback, 5);
    vi.advanceTimersByTime(10);
    fired.cancel();
    expect(callback).toHaveBeenCalledTimes(1);
  });
});

describe("what keeps the process alive", () => {
  const timersHolding = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;

  test("a timer that holds does, until it is cancelled", () => {
    const before = timersHolding();
    const timer = systemClock.setTimer(() => {}, 60_000, "hold");
    expect(timersHolding()).toBe(before + 1);
    timer.cancel();
    expect(timersHolding()).toBe(before);
  });

  test("any other does not, however long", () => {
    const before = timersHolding();
    const timers = [60_000, 2 ** 40].map((delayMs) => systemClock.setTimer(() => {}, delayMs));
    expect(timersHolding()).toBe(before);
    for (const timer of timers) timer.cancel();
  });
});
