import fc from "fast-check";
import { expect, test } from "vitest";
import type { VersionSelector } from "../source/secret-ref.ts";
import { cacheKey } from "./cache-key.ts";
import { nameProblem } from "./secret-name.ts";

const sourceName = fc.stringMatching(/^[\w.-]{1,12}$/);
const secretName = fc.oneof(
  fc.constantFrom("a", "id", "label", "current", "a b", "a/id"),
  fc.string({ unit: "grapheme", minLength: 1 }),
);
const tricky = fc.constantFrom("current", "previous", "id", "label", "\0", "\0id\0", "a\0current", "current\0");
const text = fc.oneof(tricky, fc.string({ minLength: 1 }));
const selector: fc.Arbitrary<VersionSelector> = fc.oneof(
  fc.constantFrom("current" as const, "previous" as const, "pending" as const),
  text.map((id) => ({ id })),
  text.map((label) => ({ label })),
);
const parts = fc.tuple(sourceName, secretName, selector);

test("two different refs never share a key", () => {
  fc.assert(
    fc.property(parts, parts, (one, other) => {
      const same = JSON.stringify(one) === JSON.stringify(other);
      expect(cacheKey(...one) === cacheKey(...other)).toBe(same);
    }),
    { numRuns: 5000 },
  );
}, 30_000);

test("the same source, name and selector have one key, whichever object says so", () => {
  fc.assert(
    fc.property(parts, ([source, name, version]) => {
      const again = typeof version === "string" ? version : { ...version };
      expect(cacheKey(source, name, again)).toBe(cacheKey(source, name, version));
    }),
  );
});

test.each<[string, VersionSelector, VersionSelector]>([
  ["an id and a label of the same text", { id: "7" }, { label: "7" }],
  ["two ids", { id: "7" }, { id: "8" }],
  ["two labels", { label: "7" }, { label: "8" }],
  ["a stage and a label of that name", "previous", { label: "previous" }],
  ["a stage and an id of that name", "current", { id: "current" }],
])("%s are two", (_what, one, other) => {
  expect(cacheKey("aws", "db", one)).not.toBe(cacheKey("aws", "db", other));
});

test("the parts cannot flow into each other", () => {
  expect(cacheKey("a", "bc", "current")).not.toBe(cacheKey("ab", "c", "current"));
  expect(cacheKey("a", "id", "current")).not.toBe(cacheKey("a", "i", { id: "current" }));
});

test("no key is a secret's name", () => {
  fc.assert(
    fc.property(parts, (ref) => {
      expect(nameProblem(ref[1])).toBeUndefined();
      expect(nameProblem(cacheKey(...ref))).toBeDefined();
    }),
  );
});
