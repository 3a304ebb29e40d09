import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TimerQueue, type VirtualTimer } from "./timer-queue.ts";

function timer(dueAt: number, holds = false): VirtualTimer {
  return { fire: () => {}, dueAt, holds, hops: 0 };
}

describe("TimerQueue", () => {
  test("an empty queue has nothing to take", () => {
    const queue = new TimerQueue();
    queue.takeFirst();
    expect([queue.first(), queue.size, queue.holding, queue.inOrder()]).toEqual([undefined, 0, 0, []]);
  });

  test("removing is idempotent, also after the timer was taken and its place is another's", () => {
    const queue = new TimerQueue();
    const remove = queue.add(timer(1, true));
    queue.add(timer(2, true));
    queue.takeFirst();
    remove();
    remove();
    expect([queue.size, queue.holding, queue.first()?.dueAt]).toEqual([1, 1, 2]);
  });

  test("what takes the place of a removed timer may be due before those above it", () => {
    const queue = new TimerQueue();
    const removers = [1, 2, 6, 6, 4, 1, 1].map((dueAt) => queue.add(timer(dueAt)));
    removers[3]?.();
    const taken: (number | undefined)[] = [];
    for (; queue.size > 0; queue.takeFirst()) taken.push(queue.first()?.dueAt);
    expect(taken).toEqual([1, 1, 1, 2, 4, 6]);
  });

  test("any mixture of adding, removing and taking keeps the order of due time, then of creation", () => {
    const add = fc.record({ dueAt: fc.nat(8), holds: fc.boolean() });
    const remove = fc.record({ remove: fc.nat(60) });
    const step = fc.oneof(
      { weight: 4, arbitrary: add },
      { weight: 2, arbitrary: remove },
      fc.constant("take" as const),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const queue = new TimerQueue();
        let model: VirtualTimer[] = [];
        const added: { readonly timer: VirtualTimer; readonly remove: () => void }[] = [];
        for (const each of steps) {
          if (each === "take") {
            queue.takeFirst();
            model = model.slice(1);
          } else if ("remove" in each) {
            const victim = added[each.remove % Math.max(1, added.length)];
            victim?.remove();
            model = model.filter((other) => other !== victim?.timer);
          } else {
            const next = timer(each.dueAt, each.holds);
            added.push({ timer: next, remove: queue.add(next) });
            model = [...model, next].toSorted((a, b) => a.dueAt - b.dueAt);
          }
          expect(queue.first()).toBe(model[0]);
          expect(queue.size).toBe(model.length);
          expect(queue.holding).toBe(model.filter(({ holds }) => holds).length);
        }
        expect(queue.inOrder()).toEqual(model);
        for (const each of model) {
          expect(queue.first()).toBe(each);
          queue.takeFirst();
        }
      }),
      { numRuns: 500 },
    );
  });
});
