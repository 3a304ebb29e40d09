import { expect, test } from "vitest";
import { assertNever } from "./assert-never.ts";

test("throws, and does not print what it was given", () => {
  let thrown: unknown;
  try {
    assertNever("canary-3f9a" as never);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(TypeError);
  expect(String(thrown)).not.toContain("canary");
});
