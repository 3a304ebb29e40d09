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

test("a credential that the store has granted is shown until its lease is over", () => {
  const life = { askedAt: 0, loadedAt: 0, refreshAt: 0, freshUntil: 60_000, staleUntil: 60_000, patient: false };
  expect(surfaced(denied, 59_999, { ...life, leased: true })).toBe(false);
  expect(surfaced(denied, 60_000, { ...life, leased: true })).toBe(true);
  expect(surfaced(denied, 59_999, life)).toBe(true);
});
