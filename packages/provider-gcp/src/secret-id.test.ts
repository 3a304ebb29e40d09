import fc from "fast-check";
import { expect, test } from "vitest";
import { nameOfSecretId, secretIdOf } from "./secret-id.ts";

test.each([
  ["db", "db"],
  ["my-app_db-password2", "my-app_db-password2"],
  ["_db_", "_db_"],
  ["db-", "db-"],
  ["a__b", "a__b"],
  ["production/myapp/db", "production--myapp--db"],
  ["/a", "--a"],
  ["a/-b", "a---b"],
  ["a-/b", "a-_2D--b"],
  ["a--b", "a-_2D-b"],
  ["a-_b", "a-_2D_b"],
  ["a.b", "a-_2Eb"],
  ["a-.b", "a-_2D-_2Eb"],
  ["ä", "-_C3-_A4"],
  ["🔑", "-_F0-_9F-_94-_91"],
])("%j is %j", (name, id) => {
  expect(secretIdOf(name)).toBe(id);
  expect(nameOfSecretId(id)).toBe(name);
});

test.each(["", "n".repeat(256), "/".repeat(128), "ä".repeat(32)])("%j has no id", (name) => {
  expect(secretIdOf(name)).toBeUndefined();
});

test.each(["a-_b", "a-_2d", "-_41", "a-_2F", "-_C3", "-_2D", "a-_2Db"])("%j is no name's id", (id) => {
  expect(nameOfSecretId(id)).toBeUndefined();
});

const awkward = fc.string({
  unit: fc.constantFrom("-", "_", "/", "a", "Z", "2", "D", "F", ".", "ä"),
  minLength: 1,
  maxLength: 12,
});
const anything = fc.string({ unit: "binary", minLength: 1, maxLength: 20 }).filter((text) => text.isWellFormed());

test("no two names have one id, and every id is legal", () => {
  fc.assert(
    fc.property(fc.oneof(awkward, anything), (name) => {
      const id = secretIdOf(name);
      expect(id).toMatch(/^[A-Za-z0-9_-]{1,255}$/);
      expect(nameOfSecretId(id ?? "")).toBe(name);
    }),
    { numRuns: 3000 },
  );
});
