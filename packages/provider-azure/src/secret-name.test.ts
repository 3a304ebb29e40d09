import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeName, encodeName } from "./secret-name.ts";

test.each([
  ["db", "db"],
  ["db-password-2", "db-password-2"],
  ["production/myapp/db", "production--myapp--db"],
  ["my_app", "my---5f-app"],
  ["DB", "---4442-"],
  ["Db", "---44-b"],
  ["a.b", "a---2e-b"],
  ["a--b", "a---2d--b"],
  ["a-", "a---2d-"],
  ["/a", "--a"],
  ["a/", "a---2f-"],
  ["a//b", "a---2f---b"],
  ["a/-b", "a---2f--b"],
  ["ä", "---c3a4-"],
])("%j is %j, and back", (name, encoded) => {
  expect(encodeName(name)).toBe(encoded);
  expect(decodeName(encoded)).toBe(name);
});

// Of the characters that the mapping is about, and of any.
const names = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."ab0-/_.AB"), minLength: 1, maxLength: 12 }),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 10 }),
);

test("what is mapped is of the service's alphabet without capitals, and leads back", () => {
  fc.assert(
    fc.property(names, (name) => {
      const encoded = encodeName(name);
      if (encoded === undefined) return;
      expect(encoded).toMatch(/^[0-9a-z-]{1,127}$/);
      expect(decodeName(encoded)).toBe(name);
    }),
    { numRuns: 3000 },
  );
});

test("whatever leads back is the form that its name is mapped to", () => {
  const encodings = fc.string({ unit: fc.constantFrom(..."ab02f5-"), minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(encodings, (encoded) => {
      const name = decodeName(encoded);
      if (name !== undefined) expect(encodeName(name)).toBe(encoded);
    }),
    { numRuns: 3000 },
  );
});

test.each(["DB", "a---62-", "a---2d-b", "a---5f", "a---5-b", "---5f----2e-", "a---c3-", ""])(
  "no name is mapped to %j",
  (encoded) => {
    expect(encoded === "" ? undefined : decodeName(encoded)).toBeUndefined();
  },
);

test("the longest name has 127 characters there", () => {
  expect(encodeName("n".repeat(127))).toHaveLength(127);
  expect(encodeName("n".repeat(128))).toBeUndefined();
  expect(encodeName(`${"a/".repeat(42)}a`)).toHaveLength(127);
  expect(encodeName(`${"a/".repeat(42)}aa`)).toBeUndefined();
});
