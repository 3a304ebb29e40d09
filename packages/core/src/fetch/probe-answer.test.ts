import { expect, test } from "vitest";
import { failureCodes } from "../errors/error-code.ts";
import { checkProbe } from "./probe-answer.ts";

test.each([
  [{ version: "7" }, { version: "7" }],
  [{ version: "" }, { version: "" }],
  [
    { version: "7", changesInMs: 5000 },
    { version: "7", changesInMs: 5000 },
  ],
  [
    { version: "7", changesInMs: 0 },
    { version: "7", changesInMs: 0 },
  ],
  // An announcement that cannot be read is none; the version is good all the same.
  [{ version: "7", changesInMs: Number.NaN }, { version: "7" }],
  [{ version: "7", changesInMs: Number.POSITIVE_INFINITY }, { version: "7" }],
  [{ version: "7", changesInMs: "5000" }, { version: "7" }],
  [{ version: "7", payload: "hunter2" }, { version: "7" }],
])("%o is %o", (answer, value) => {
  expect(checkProbe(answer)).toStrictEqual({ value });
});

test.each(failureCodes)("%s passes", (failure) => {
  expect(checkProbe({ failure, retryAfterMs: 5 })).toEqual({ failure: { failure, retryAfterMs: 5 } });
});

const throwing = {
  get version(): string {
    throw new Error("hunter2");
  },
};

test.each([
  ["nothing", undefined, "it is no object"],
  ["null", null, "it is no object"],
  ["an object without a version", {}, "`payload`"],
  ["a version that is a number", { version: 7 }, "`payload`"],
  ["a version with a line feed", { version: "7\nhunter2" }, "`version` holds control characters"],
  ["one that throws when it is read", throwing, "reading its properties throws"],
  ["a record without a version", { payload: "hunter2" }, "probe did not answer with a version"],
])("%s: the source is named, and its text is not passed on", (_what, answer, advice) => {
  const { failure } = checkProbe(answer);
  expect(failure).toEqual({ failure: "unknown", advice: expect.stringContaining(advice) });
  expect(JSON.stringify(failure)).not.toContain("hunter2");
});
