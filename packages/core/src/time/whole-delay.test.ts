import { expect, test } from "vitest";
import { wholeDelay } from "./whole-delay.ts";

test.each([
  [0, 0],
  [-0, 0],
  [-0.5, 0],
  [-1, 0],
  [Number.NEGATIVE_INFINITY, 0],
  [0.001, 1],
  [1, 1],
  [1.5, 2],
  [2 ** 31, 2 ** 31],
  [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
])("%d becomes %d", (delayMs, whole) => {
  expect(wholeDelay(delayMs)).toBe(whole);
});

test("NaN is a defect", () => {
  expect(() => wholeDelay(Number.NaN)).toThrow(RangeError);
});
