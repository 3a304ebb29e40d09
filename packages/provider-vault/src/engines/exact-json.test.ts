import fc from "fast-check";
import { expect, test } from "vitest";
import { parseExactly } from "./exact-json.ts";

const digits = (most: number) => fc.stringMatching(new RegExp(`^(?:0|[1-9][0-9]{0,${most}})$`));
const numberText = fc
  .tuple(
    fc.constantFrom("", "-"),
    digits(30),
    fc.constantFrom("", ".0", ".10", ".5"),
    fc.constantFrom("", "e2", "E+05", "e-7"),
  )
  .map((parts) => parts.join(""));
const space = fc.constantFrom("", " ", "\n  ", "\t");

test("a number is kept as it is written, wherever it stands", () => {
  fc.assert(
    fc.property(numberText, space, space, (number, before, behind) => {
      const spaced = `${before}${number}${behind}`;
      for (const text of [`${spaced}`, `{"a"${before}:${spaced}}`, `{"a":[${spaced}]}`, `{"a":[true,${spaced}]}`]) {
        expect(JSON.stringify(parseExactly(text))).toBe(text.replaceAll(/\s/g, ""));
      }
    }),
    { numRuns: 2000 },
  );
});

test("the least number of digits that JavaScript loses is kept", () => {
  expect(JSON.stringify(parseExactly('{"a":9007199254740993}'))).toBe('{"a":9007199254740993}');
  expect(parseExactly('{"a":999999999999999}')).toEqual({ a: 999999999999999 });
});

test("all else is as JSON.parse gives it, also texts that look like numbers", () => {
  const plain = {
    at: "2026-11-28T10:11:12.123456789Z",
    like: ':1.50 , -0, [ 12345678901234567890, "a": 1e5',
    n: 15,
    no: null,
  };
  expect(parseExactly(JSON.stringify(plain))).toEqual(plain);
  expect(() => parseExactly("{")).toThrow(SyntaxError);
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.stringify(parseExactly(JSON.stringify(value)))).toBe(JSON.stringify(value));
    }),
  );
});
