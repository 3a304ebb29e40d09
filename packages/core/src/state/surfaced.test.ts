import { expect, test } from "vitest";
import type { Trouble } from "./entry-state.ts";
import { surfaced } from "./surfaced.ts";

const outage: Trouble = { failure: { failure: "timeout" }, at: 0, calls: 1, nextTryAt: 0, refusal: undefined };
const denied: Trouble = { ...outage, refusal: { failure: { failure: "access-denied" }, since: 1000 } };

test("the store's no surfaces 30 s after it was first seen", () => {
  expect(surfaced(denied, 30_999)).toBe(false);
  expect(surfaced(denied, 31_000)).toBe(true);
});

test("an outage never does", () => {
  expect(surfaced(outage, 1e12)).toBe(false);
  expect(surfaced(undefined, 1e12)).toBe(false);
});
