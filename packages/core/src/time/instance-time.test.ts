import { describe, expect, test } from "vitest";
import { seededRandom } from "../../test/seeded-random.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { InstanceTime } from "./instance-time.ts";

const hour = 3_600_000;

function makeTime() {
  const clock = virtualClock({ now: 1_000_000 });
  const time = new InstanceTime(clock);
  const start = time.now();
  return {
    clock,
    /** Since the beginning, by what a hit reads. */
    now: () => time.now() - start,
    /** Since the beginning, by both clocks. */
    precise: () => time.precise() - start,
  };
}

test("starts at the wall clock and goes on with it", async () => {
  const clock = virtualClock({ now: 1_000_000 });
  const time = new InstanceTime(clock);
  expect(time.now()).toBe(1_000_000);
  await clock.advance("5m");
  expect(time.now()).toBe(1_300_000);
  expect(time.precise()).toBe(1_300_000);
});

test("a reading for a hit looks at the wall clock alone", () => {
  const clock = virtualClock();
  let readings = 0;
  const monotonic = () => {
    readings += 1;
    return clock.monotonic();
  };
  const time = new InstanceTime({ ...clock, monotonic });
  readings = 0;
  time.now();
  expect(readings).toBe(0);
  time.precise();
  expect(readings).toBe(1);
});

describe("the wall clock jumps ahead", () => {
  test("and time goes with it, for good", async () => {
    const { clock, now, precise } = makeTime();
    clock.jump(hour);
    expect(now()).toBe(hour);
    clock.jump(-hour);
    expect(precise()).toBe(hour);
    await clock.advance("1m");
    expect(now()).toBe(hour + 60_000);
    expect(precise()).toBe(hour + 60_000);
  });
});

describe("the wall clock steps back", () => {
  test.each([51, 1000, hour, 30 * 24 * hour])("by %i ms: time stands, then goes on", async (step) => {
    const { clock, now } = makeTime();
    clock.jump(-step);
    expect(now()).toBe(0);
    await clock.advance("1m");
    expect(now()).toBe(60_000);
  });

  test("by less than what has passed since the last reading: a hit cannot see it, by at most that step", async () => {
    const { clock, now, precise } = makeTime();
    await clock.advance("5m");
    clock.jump(-120_000);
    expect(now()).toBe(180_000);
    await clock.advance("1m");
    expect(now()).toBe(240_000);
    expect(precise()).toBe(360_000);
    expect(now()).toBe(360_000);
  });

  test("by more than that: the monotonic clock makes it good at once", async () => {
    const { clock, now } = makeTime();
    await clock.advance("5m");
    clock.jump(-300_001);
    expect(now()).toBe(300_000);
  });

  test("by a little, again and again: two clocks never quite agree, and 50 ms of it are let pass, once", async () => {
    const { clock, precise } = makeTime();
    for (let second = 1; second <= 1000; second += 1) {
      await clock.advance("1s");
      clock.jump(-20);
      expect(precise()).toBeGreaterThanOrEqual(second * 1000 - 50);
      expect(precise()).toBeLessThanOrEqual(second * 1000);
    }
  });

  test("again and again, unread: all steps add up, and no more than they", async () => {
    const { clock, now, precise } = makeTime();
    for (let step = 0; step < 10; step += 1) {
      await clock.advance("1m");
      clock.jump(-30_000);
      expect(now()).toBe((step + 1) * 30_000);
    }
    expect(precise()).toBe(600_000);
  });
});

describe("a freeze", () => {
  test("of the machine: the wall clock alone has gone on, and counts", () => {
    const { clock, now, precise } = makeTime();
    clock.freeze("1h");
    expect(now()).toBe(hour);
    expect(precise()).toBe(hour);
  });

  test("of the process: both have gone on, and count once", async () => {
    const { clock, now, precise } = makeTime();
    await clock.stall("1h");
    expect(precise()).toBe(hour);
    expect(now()).toBe(hour);
  });

  test("of the wall clock: a hit cannot see it, whatever looks at both clocks does", async () => {
    const { clock, now, precise } = makeTime();
    await clock.advanceMonotonic("1h");
    expect(now()).toBe(0);
    expect(precise()).toBe(hour);
    expect(now()).toBe(hour);
  });

  test("of the machine, with a step back as it wakes: what both hide is lost, and no more", () => {
    const { clock, precise } = makeTime();
    clock.freeze("1h");
    clock.jump(-60_000);
    expect(precise()).toBe(hour - 60_000);
  });
});

test("whatever the clocks do, it never goes back and never falls behind by more than the steps back", async () => {
  for (let seed = 0; seed < 300; seed += 1) {
    const random = seededRandom(seed);
    const { clock, now, precise } = makeTime();
    let latest = 0;
    let passed = 0;
    let stepped = 0;
    let asleep = 0;
    for (let move = 0; move < 40; move += 1) {
      const ms = Math.floor(random() * 100_000);
      switch (Math.floor(random() * 7)) {
        case 0:
          await clock.advance(ms);
          passed += ms;
          break;
        case 1:
          await clock.advanceMonotonic(ms);
          passed += ms;
          stepped += ms;
          break;
        case 2:
          clock.freeze(`${ms}ms` as "1ms");
          passed += ms;
          asleep += ms;
          break;
        case 3:
          clock.jump(-ms);
          stepped += ms;
          break;
        case 4:
          clock.jump(ms);
          break;
        case 5: {
          const read = now();
          expect(read).toBeGreaterThanOrEqual(latest);
          expect(read).toBeGreaterThanOrEqual(passed - stepped);
          latest = read;
          break;
        }
        default: {
          const read = precise();
          expect(read).toBeGreaterThanOrEqual(latest);
          expect(read).toBeGreaterThanOrEqual(passed - Math.min(stepped, asleep) - 50);
          latest = read;
        }
      }
    }
  }
});
