import { describe, expect, test } from "vitest";
import { virtualClock } from "./virtual-clock.ts";

function clockWithLog() {
  const clock = virtualClock({ now: 0 });
  const fired: string[] = [];
  const set = (name: string, delayMs: number) =>
    clock.setTimer(() => fired.push(`${name}: wall ${clock.now()}, monotonic ${clock.monotonic()}`), delayMs);
  return { clock, fired, set };
}

describe("jump: somebody sets the wall clock", () => {
  test.each([3_600_000, -3_600_000, 0])("by %d ms; monotonic time and timers do not notice", async (byMs) => {
    const { clock, fired, set } = clockWithLog();
    set("timer", 100);
    clock.jump(byMs);
    expect([clock.now(), clock.monotonic()]).toEqual([byMs, 0]);
    await clock.advance(99);
    expect(fired).toEqual([]);
    await clock.advance(1);
    expect(fired).toEqual([`timer: wall ${byMs + 100}, monotonic 100`]);
  });

  test("also from within a timer", async () => {
    const { clock, fired, set } = clockWithLog();
    clock.setTimer(() => clock.jump(-1000), 10);
    set("next", 20);
    await clock.advance(30);
    expect(fired).toEqual(["next: wall -980, monotonic 20"]);
    expect([clock.now(), clock.monotonic()]).toEqual([-970, 30]);
  });
});

describe("freeze: the machine sleeps", () => {
  test("the wall clock goes on; monotonic time stands still and no timer fires early", async () => {
    const { clock, fired, set } = clockWithLog();
    set("timer", 100);
    clock.freeze("1h");
    expect([clock.now(), clock.monotonic()]).toEqual([3_600_000, 0]);
    await clock.advance(99);
    expect(fired).toEqual([]);
    await clock.advance(1);
    expect(fired).toEqual(["timer: wall 3600100, monotonic 100"]);
  });
});

describe("advanceMonotonic: the wall clock stands still", () => {
  test("timers fire at their due times all the same", async () => {
    const { clock, fired, set } = clockWithLog();
    set("b", 200);
    set("a", 100);
    set("later", 3_600_001);
    await clock.advanceMonotonic("1h");
    expect(fired).toEqual(["a: wall 0, monotonic 100", "b: wall 0, monotonic 200"]);
    expect([clock.now(), clock.monotonic()]).toEqual([0, 3_600_000]);
    await clock.advance(1);
    expect(fired.at(-1)).toBe("later: wall 1, monotonic 3600001");
  });
});

describe("stall: the process stops", () => {
  test("both clocks go on, and what fell due fires late, in order, at the end", async () => {
    const { clock, fired, set } = clockWithLog();
    set("b", 200);
    set("a", 100);
    set("later", 1001);
    await clock.stall("1s");
    expect(fired).toEqual(["a: wall 1000, monotonic 1000", "b: wall 1000, monotonic 1000"]);
    await clock.advance(1);
    expect(fired.at(-1)).toBe("later: wall 1001, monotonic 1001");
  });

  test("a periodic timer fires once, not once for each period that was missed", async () => {
    const { clock } = clockWithLog();
    const fired: number[] = [];
    const tick = () => {
      fired.push(clock.monotonic());
      clock.setTimer(tick, 10);
    };
    clock.setTimer(tick, 10);
    await clock.stall(1000);
    expect(fired).toEqual([1000]);
    await clock.advance(10);
    expect(fired).toEqual([1000, 1010]);
  });
});

test("whatever happens to the wall clock, monotonic time never goes back", async () => {
  const { clock } = clockWithLog();
  const readings: number[] = [];
  clock.jump(-5000);
  readings.push(clock.monotonic());
  clock.freeze(5000);
  readings.push(clock.monotonic());
  await clock.advanceMonotonic(5);
  readings.push(clock.monotonic());
  await clock.stall(5);
  readings.push(clock.monotonic());
  expect(readings).toEqual([0, 0, 5, 10]);
  expect(clock.now()).toBe(5);
});
