import fc from "fast-check";
import { expect, test } from "vitest";
import { anyText } from "../../test/any-text.ts";
import { retryAfterMs } from "./retry-after.ts";

const noon = "Sun, 06 Nov 1994 12:00:00 GMT";
const dayMs = 86_400_000;

test.each([
  ["7", undefined, 7000],
  ["0", undefined, 0],
  ["86401", undefined, dayMs],
  ["Sun, 06 Nov 1994 12:00:30 GMT", noon, 30_000],
  ["Sun, 06 Nov 1994 11:59:00 GMT", noon, 0],
  ["Mon, 07 Nov 1994 13:00:00 GMT", noon, dayMs],
])("%s, beside %s, is %s ms", (value, date, ms) => {
  expect(retryAfterMs(value, date)).toBe(ms);
});

test.each([
  [undefined],
  [7],
  [""],
  ["-1"],
  ["1.5"],
  ["1e3"],
  ["7s"],
  [" 7"],
  ["1994-11-06T12:00:30Z"],
  ["Sun, 99 Nov 1994 12:00:30 GMT"],
])("%s is none", (value) => {
  expect(retryAfterMs(value, noon)).toBeUndefined();
});

test("a date says nothing without the answer's own", () => {
  expect(retryAfterMs("Sun, 06 Nov 1994 12:00:30 GMT", undefined)).toBeUndefined();
});

test("whatever the header holds, it is no time or one between 0 and a day", () => {
  fc.assert(
    fc.property(anyText, fc.oneof(anyText, fc.constant(noon)), (value, date) => {
      const ms = retryAfterMs(value, date);
      if (ms !== undefined) expect(ms >= 0 && ms <= dayMs && Number.isInteger(ms)).toBe(true);
    }),
  );
});
