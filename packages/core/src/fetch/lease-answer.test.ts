import { describe, expect, test } from "vitest";
import { failureCodes } from "../errors/error-code.ts";
import { checkRenewed, checkRevoked } from "./lease-answer.ts";

const throwing = {
  get ttlMs(): number {
    throw new Error("hunter2");
  },
};

describe("a renewal", () => {
  test.each([
    [
      { ttlMs: 5000, renewable: true },
      { ttlMs: 5000, renewable: true },
    ],
    [
      { id: "lease/2", ttlMs: 5000, renewable: false, payload: "hunter2" },
      { id: "lease/2", ttlMs: 5000, renewable: false },
    ],
    // It is over: there is nothing left of it, and no less.
    [
      { ttlMs: 0, renewable: true },
      { ttlMs: 0, renewable: true },
    ],
    [
      { ttlMs: -5, renewable: true },
      { ttlMs: 0, renewable: true },
    ],
  ])("%o is %o", (answer, value) => {
    expect(checkRenewed(answer)).toStrictEqual({ value });
  });

  test.each(failureCodes)("%s passes", (failure) => {
    expect(checkRenewed({ failure })).toEqual({ failure: { failure } });
  });

  test.each<[string, unknown, string]>([
    ["nothing", undefined, "it is no object"],
    ["one without a time", { renewable: true }, "`payload`"],
    ["one of no known length", { ttlMs: Number.NaN, renewable: true }, "`payload`"],
    ["one that may or may not be renewed", { ttlMs: 5 }, "`payload`"],
    ["one whose id is a number", { id: 7, ttlMs: 5, renewable: true }, "`payload`"],
    ["one that throws when it is read", throwing, "reading its properties throws"],
    ["a record", { payload: "hunter2" }, "`renew` did not answer with a lease"],
  ])("%s: the source is named, and its text is not passed on", (_what, answer, advice) => {
    const { failure } = checkRenewed(answer);
    expect(failure).toEqual({ failure: "unknown", advice: expect.stringContaining(advice) });
    expect(JSON.stringify(failure)).not.toContain("hunter2");
  });
});

describe("a revocation", () => {
  test("that answers nothing has been made", () => {
    expect(checkRevoked(undefined)).toStrictEqual({ value: undefined });
    expect(checkRevoked({ payload: "" })).toStrictEqual({ value: undefined });
  });

  test.each(failureCodes)("%s passes", (failure) => {
    expect(checkRevoked({ failure })).toEqual({ failure: { failure } });
  });

  test("that answers nonsense may not have been made", () => {
    expect(checkRevoked(null)).toMatchObject({ failure: { failure: "unknown" } });
  });
});
