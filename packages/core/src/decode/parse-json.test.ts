import fc from "fast-check";
import { expect, test } from "vitest";
import { isJsonContainer, parseJson } from "./parse-json.ts";

test("tells null from no JSON", () => {
  expect(parseJson("null")).toEqual({ json: null });
  expect(parseJson("nul")).toBeUndefined();
});

test("gives what JSON gives, and never throws", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(parseJson(text)?.json).toStrictEqual(JSON.parse(text));
    }),
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      parseJson(text);
    }),
  );
});

test("a key called __proto__ is data", () => {
  const json = parseJson('{"__proto__":{"admin":true}}')?.json as Record<string, unknown>;
  expect(Object.keys(json)).toEqual(["__proto__"]);
  expect(json.admin).toBeUndefined();
});

test("objects and lists are containers, the rest is not", () => {
  expect([{}, []].map(isJsonContainer)).toEqual([true, true]);
  expect([null, "a", 1, true, undefined].map(isJsonContainer)).toEqual([false, false, false, false, false]);
});
