import { expect, test } from "vitest";
import { Slots } from "./slots.ts";

function makeUses(slots: Slots, count: number) {
  const started: number[] = [];
  const ends = Array.from({ length: count }, () => Promise.withResolvers<void>());
  const uses = ends.map(({ promise }, index) =>
    slots.use(async () => {
      started.push(index);
      await promise;
      return index;
    }),
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
  expect(await slots.use(async () => "next")).toBe("next");
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
