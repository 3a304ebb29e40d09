import { expect, test } from "vitest";
import { failureCodes } from "../errors/error-code.ts";
import { isAnswerLost } from "./answer-lost.ts";

test("a store's own no has made nothing; where there was no word, something may have been made", () => {
  const lost = failureCodes.filter((failure) => isAnswerLost({ failure }));
  expect(lost.sort()).toEqual(["aborted", "payload-corrupt", "timeout", "unavailable", "unknown"]);
});

test.each([
  [{ code: "ECONNREFUSED" }, false],
  [{ code: "ENOTFOUND" }, false],
  [{ code: "EAI_AGAIN" }, false],
  [{ code: "EHOSTUNREACH" }, false],
  [{ code: "ENETUNREACH" }, false],
  [{ status: 503 }, false],
  [{ code: "ECONNRESET" }, true],
  [{ status: 500 }, true],
  [{ status: 502 }, true],
  [{ status: 504 }, true],
  [{}, true],
])("unavailable with %o: an answer may be lost: %s", (native, lost) => {
  expect(isAnswerLost({ failure: "unavailable", native })).toBe(lost);
});

test("an attempt that has timed out counts, whatever else is known of it", () => {
  expect(isAnswerLost({ failure: "timeout", native: { status: 503 } })).toBe(true);
});

test("where the store says that it has made nothing, nothing is lost, whatever its error is", () => {
  for (const failure of failureCodes) expect(isAnswerLost({ failure, madeNothing: true })).toBe(false);
});
