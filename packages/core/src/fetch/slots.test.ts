import { describe, expect, test, vi } from "vitest";
import { virtualClock } from "../testing/virtual-clock.ts";
import { type Patience, Slots } from "./slots.ts";

const { signal } = new AbortController();
const patient = { clock: virtualClock(), ms: Number.POSITIVE_INFINITY, signal };

/** As a call does: "late" where no slot came in time. */
async function use<T>(slots: Slots, run: () => Promise<T>, patience: Patience): Promise<T | "late"> {
  if (!slots.take() && !(await slots.turn(patience))) return "late";
  try {
    return await run();
  } finally {
    slots.giveBack();
  }
}

function makeUses(slots: Slots, count: number) {
  const started: number[] = [];
  const ends = Array.from({ length: count }, () => Promise.withResolvers<void>());
  const uses = ends.map(({ promise }, index) =>
    use(
      slots,
      async () => {
        started.push(index);
        await promise;
        return index;
      },
      patient,
    ),
  );
  return {
    started,
    uses,
    end: (index: number) => ends[index]?.resolve(),
    fail: (index: number) => ends[index]?.reject(new Error()),
  };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test("at most so many run at once, the others in the order in which they came", async () => {
  const { started, uses, end } = makeUses(new Slots(2), 5);
  await settle();
  expect(started).toEqual([0, 1]);
  end(1);
  await settle();
  expect(started).toEqual([0, 1, 2]);
  end(0);
  end(2);
  await settle();
  expect(started).toEqual([0, 1, 2, 3, 4]);
  end(3);
  end(4);
  expect(await Promise.all(uses)).toEqual([0, 1, 2, 3, 4]);
});

test("one that fails gives its slot back", async () => {
  const slots = new Slots(1);
  const { started, uses, end, fail } = makeUses(slots, 2);
  fail(0);
  await expect(uses[0]).rejects.toThrow();
  await settle();
  expect(started).toEqual([0, 1]);
  end(1);
  await uses[1];
  expect(await use(slots, async () => "next", patient)).toBe("next");
});

test("a slot that is handed on is not given away a second time", async () => {
  const slots = new Slots(1);
  const { started, end } = makeUses(slots, 2);
  await settle();
  end(0);
  await settle();
  const late = makeUses(slots, 1);
  await settle();
  expect(started).toEqual([0, 1]);
  expect(late.started).toEqual([]);
  end(1);
  await settle();
  expect(late.started).toEqual([0]);
});

describe("one that waits", () => {
  test("leaves when its patience is at an end, and the next ones move up", async () => {
    const clock = virtualClock();
    const slots = new Slots(1);
    const { started, end } = makeUses(slots, 1);
    const ran: string[] = [];
    const wait = (name: string, ms: number) => use(slots, async () => ran.push(name), { clock, ms, signal });
    const [short, long] = [wait("short", 100), wait("long", 1000)];
    await clock.advance(99);
    expect(clock.holding).toBe(2);
    await clock.advance(1);
    expect(await short).toBe("late");
    end(0);
    await long;
    expect([started, ran]).toEqual([[0], ["long"]]);
    clock.assertIdle();
  });

  test("leaves no listener on its caller's signal", async () => {
    const slots = new Slots(1);
    const { end } = makeUses(slots, 1);
    const caller = new AbortController();
    const added = vi.spyOn(caller.signal, "addEventListener");
    const removed = vi.spyOn(caller.signal, "removeEventListener");
    const came = use(slots, async () => "ran", { clock: virtualClock(), ms: 1000, signal: caller.signal });
    end(0);
    expect(await came).toBe("ran");
    expect(removed.mock.calls).toEqual(added.mock.calls);
    expect(added).toHaveBeenCalledTimes(1);
  });

  test("leaves when it is not wanted any more, and takes no slot along", async () => {
    const clock = virtualClock();
    const slots = new Slots(1);
    const { end, uses } = makeUses(slots, 1);
    const caller = new AbortController();
    const late = use(slots, async () => "ran", { clock, ms: 1000, signal: caller.signal });
    caller.abort();
    expect(await late).toBe("late");
    expect(await use(slots, async () => "ran", { clock, ms: 1000, signal: caller.signal })).toBe("late");
    clock.assertIdle();
    end(0);
    await uses[0];
    expect(await use(slots, async () => "next", { clock, ms: 0, signal })).toBe("next");
  });
});
