import fc from "fast-check";
import { expect, test } from "vitest";
import { parseJsonEntries } from "./parse-json-entries.ts";

const entriesOf = (text: string) => [...(parseJsonEntries(text).entries ?? [["failed", text]])];

test("gives strings as they are and other values as their own text", () => {
  expect(
    entriesOf('\ufeff {"a": "x\\u00e9\\n", "b" : {"c": [1, 2.50]} , "d":12345678901234567890,"e":null} \n'),
  ).toEqual([
    ["a", "xé\n"],
    ["b", '{"c": [1, 2.50]}'],
    ["d", "12345678901234567890"],
    ["e", "null"],
  ]);
  expect(entriesOf("{}")).toEqual([]);
  expect(entriesOf('{"__proto__": "x", "constructor": true, "": "y"}')).toEqual([
    ["__proto__", "x"],
    ["constructor", "true"],
    ["", "y"],
  ]);
});

test.each([
  ["", 1, 1, "the text ends too early"],
  ['{"a": "hunter2"', 1, 16, "the text ends too early"],
  ['{"a": "hunter2', 1, 15, "the text ends too early"],
  ['{\n  "a": hunter2\n}', 2, 8, "this is not JSON"],
  ['{\n  "a": "x",\n}', 3, 1, "this is not JSON"],
  ['{"a": "hunter2\n"}', 1, 15, "this is not JSON"],
  ['{"a": "\\hunter2"}', 1, 8, "this is not JSON"],
  ["{hunter2: 1}", 1, 2, "this is not JSON"],
  ['{"a" "hunter2"}', 1, 6, "this is not JSON"],
  ['{"a": 1 "b": 2}', 1, 9, "this is not JSON"],
  ['{"a": [1,]}', 1, 10, "this is not JSON"],
  ['{"a": {"b": 1,}}', 1, 15, "this is not JSON"],
  ['{"a": [1}}', 1, 9, "this is not JSON"],
  ['{"a": 01}', 1, 8, "this is not JSON"],
  ["[1]", 1, 1, "the file does not begin with an object"],
  ['"hunter2"', 1, 1, "the file does not begin with an object"],
  ['{"a": 1}\n{"b": 2}', 2, 1, "there is text behind the object"],
  ['{"a": 1,\n "\\u0061": 2}', 2, 2, "a name is given a second time"],
])("refuses %j by its place", (text, line, column, reason) => {
  expect(parseJsonEntries(text)).toEqual({ line, column, reason });
});

test("depth is no matter", () => {
  const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
  expect(entriesOf(`{"a": ${deep}}`)).toEqual([["a", deep]]);
  expect(parseJsonEntries(`{"a": ${"[".repeat(200_000)}`).reason).toBe("the text ends too early");
});

const builtIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

test("accepts what the built-in parser accepts as an object, value by value, and nothing else", () => {
  const value = fc.jsonValue();
  const whole = fc.dictionary(fc.string(), value).map((object) => JSON.stringify(object, null, 1));
  const token = fc.constantFrom(
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"a"',
    '"b"',
    "1",
    "-",
    "0",
    "1e5",
    ".5",
    "true",
    "nul",
    " ",
    '"\\u00',
    "\t",
  );
  const broken = fc.tuple(whole, fc.nat(), fc.nat(3), token).map(([text, at, removed, put]) => {
    const start = at % (text.length + 1);
    return text.slice(0, start) + put + text.slice(start + removed);
  });
  const tokens = fc.array(token).map((parts) => `{"x":${parts.join("")}}`);
  let accepted = 0;
  fc.assert(
    fc.property(fc.oneof(whole, broken, tokens), (text) => {
      const parsed = parseJsonEntries(text);
      const expected = builtIn(text);
      if (parsed.entries === undefined && parsed.reason === "a name is given a second time") return;
      const isObject = typeof expected === "object" && expected !== null && !Array.isArray(expected);
      expect(parsed.entries !== undefined).toBe(isObject);
      if (parsed.entries === undefined) return;
      accepted += 1;
      const read = [...parsed.entries].map(([key, raw]) => [key, raw]);
      const wanted = Object.entries(expected as object);
      expect(Object.fromEntries(read)).toEqual(
        Object.fromEntries(wanted.map(([key, one]) => [key, typeof one === "string" ? one : expect.any(String)])),
      );
      for (const [key, one] of wanted) {
        if (typeof one !== "string") expect(JSON.parse(parsed.entries.get(key) ?? "")).toEqual(one);
      }
    }),
    { numRuns: 2000 },
  );
  expect(accepted).toBeGreaterThan(100);
});
