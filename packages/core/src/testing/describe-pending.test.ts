import { expect, test } from "vitest";
import { describePending } from "./describe-pending.ts";

function timer(dueAt: number, holds = false) {
  return { fire: () => {}, dueAt, holds, hops: 0 };
}

test("one timer", () => {
  expect(describePending([timer(1500)], 1000)).toBe(
    "1 timer is still pending, due in 500 ms. Close or abort what set them.",
  );
});

test("several, with those that hold the process and those that never fire", () => {
  expect(describePending([timer(1000, true), timer(1250), timer(Number.POSITIVE_INFINITY)], 1000)).toBe(
    "3 timers are still pending, due in 0 ms (holds the process), in 250 ms, never. Close or abort what set them.",
  );
});

test("names ten at most", () => {
  const message = describePending(
    Array.from({ length: 1000 }, (_, index) => timer(index)),
    0,
  );
  expect(message).toContain("1000 timers are still pending");
  expect(message).toContain("in 9 ms, and 990 more.");
});
