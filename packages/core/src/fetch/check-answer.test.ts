import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { failureCodes } from "../errors/error-code.ts";
import type { SecretRecord } from "../source/secret-record.ts";
import { checkAnswer, isFailure } from "./check-answer.ts";

const full: SecretRecord = {
  payload: "value",
  version: "7",
  createdAt: 1,
  validFrom: 2,
  validUntil: 3,
  changesInMs: 4,
  ageMs: 5,
  lease: { id: "lease/1", ttlMs: 6, renewable: true },
  metadata: { owner: "team" },
  requestId: "r-1",
  warnings: ["The token expires soon."],
};

describe("a record", () => {
  test("passes with all that the contract knows", () => {
    expect(checkAnswer(full)).toEqual(full);
  });

  test.each<[string, SecretRecord]>([
    ["text alone", { payload: "value" }],
    ["no text at all", { payload: "" }],
    ["a lease without an id", { payload: "x", lease: { ttlMs: 1, renewable: false } }],
    ["what is undefined", { payload: "x", failure: undefined }],
  ])("passes with %s", (_what, record) => {
    expect(checkAnswer(record)).toEqual(record);
  });

  test("says what goes into logs in single lines, in twenty warnings at most", () => {
    const warnings = Array.from({ length: 30 }, (_, index) => `w${index}\nINFO all is well`);
    const record = checkAnswer({ payload: "a\nb", requestId: "r\u001b[31m-1", warnings });
    expect(record).toEqual({
      payload: "a\nb",
      requestId: "r [31m-1",
      warnings: Array.from({ length: 20 }, (_, index) => `w${index} INFO all is well`),
    });
  });

  test("passes without a prototype", () => {
    expect(checkAnswer(Object.assign(Object.create(null), { payload: "x" }))).toEqual({ payload: "x" });
  });

  test("keeps its bytes when the source wipes or reuses its buffer", () => {
    const pool = Buffer.from("--secret--");
    const record = checkAnswer({ payload: pool.subarray(2, 8) });
    pool.fill(0);
    expect("payload" in record && Buffer.from(record.payload as Uint8Array).toString()).toBe("secret");
  });

  test("does not keep a whole pool alive for a few bytes", () => {
    const record = checkAnswer({ payload: Buffer.alloc(1_000_000).subarray(0, 10) });
    expect("payload" in record && (record.payload as Uint8Array).buffer.byteLength).toBe(10);
  });

  test("is not changed by what the source does to its own object afterwards", () => {
    const given = { payload: "x", metadata: { owner: "a" }, warnings: ["w"], lease: { ttlMs: 1, renewable: true } };
    const record = checkAnswer(given);
    given.payload = "y";
    given.metadata.owner = "b";
    given.warnings.push("v");
    given.lease.ttlMs = Number.NaN;
    expect(record).toEqual({
      payload: "x",
      metadata: { owner: "a" },
      warnings: ["w"],
      lease: { ttlMs: 1, renewable: true },
    });
  });

  test("is read once: what was checked is what is used", () => {
    let reads = 0;
    const record = checkAnswer({
      get payload() {
        reads += 1;
        return reads === 1 ? "x" : 42;
      },
    });
    expect(record).toEqual({ payload: "x" });
    expect(reads).toBe(1);
  });
});

describe("a mistake of the source becomes `unknown` with its reason:", () => {
  const throwing = {
    get payload(): string {
      throw new Error("hunter2");
    },
  };
  test.each<[string, unknown, string]>([
    ["nothing", undefined, "it is no object"],
    ["null", null, "it is no object"],
    ["text", "hunter2", "it is no object"],
    ["a function", () => "hunter2", "it is no object"],
    ["an empty object", {}, "`payload`"],
    ["a list", ["hunter2"], "`payload`"],
    ["another payload", { payload: { password: "hunter2" } }, "`payload`"],
    ["a payload that is null", { payload: null }, "`payload`"],
    ["other views of bytes", { payload: new Uint16Array(2) }, "`payload`"],
    ["a version that is a number", { payload: "x", version: 7 }, "`version`"],
    ["a version with a line feed", { payload: "x", version: "7\nhunter2" }, "`version` holds control characters"],
    ["a request id that is a number", { payload: "x", requestId: 7 }, "`requestId`"],
    ["a date for a time", { payload: "x", createdAt: new Date() }, "`createdAt`"],
    ["a time that is no number", { payload: "x", validUntil: Number.NaN }, "`validUntil`"],
    ["an endless age", { payload: "x", ageMs: Number.POSITIVE_INFINITY }, "`ageMs`"],
    ["text for a duration", { payload: "x", changesInMs: "5m" }, "`changesInMs`"],
    ["metadata with a number", { payload: "x", metadata: { size: 7 } }, "`metadata`"],
    ["metadata with one number", { payload: "x", metadata: { owner: "team", size: 7 } }, "`metadata`"],
    ["metadata that is a list", { payload: "x", metadata: ["hunter2"] }, "`metadata`"],
    ["metadata that is text", { payload: "x", metadata: "hunter2" }, "`metadata`"],
    ["metadata that is null", { payload: "x", metadata: null }, "`metadata`"],
    ["warnings that are text", { payload: "x", warnings: "hunter2" }, "`warnings`"],
    ["warnings of numbers", { payload: "x", warnings: [7] }, "`warnings`"],
    ["one warning that is a number", { payload: "x", warnings: ["w", 7] }, "`warnings`"],
    ["a lease that is over", { payload: "x", lease: { ttlMs: 0, renewable: true } }, "`lease`"],
    ["an endless lease", { payload: "x", lease: { ttlMs: Number.POSITIVE_INFINITY, renewable: true } }, "`lease`"],
    ["a lease of text", { payload: "x", lease: { ttlMs: "5", renewable: true } }, "`lease`"],
    ["a lease without a time", { payload: "x", lease: { renewable: true } }, "`lease`"],
    ["a lease of no known length", { payload: "x", lease: { ttlMs: Number.NaN, renewable: true } }, "`lease`"],
    ["a lease that may or may not be renewed", { payload: "x", lease: { ttlMs: 1 } }, "`lease`"],
    ["a lease whose id is a number", { payload: "x", lease: { id: 7, ttlMs: 1, renewable: true } }, "`lease`"],
    ["a lease that is null", { payload: "x", lease: null }, "`lease`"],
    ["a code that is not in the contract", { failure: "hunter2" }, "`failure`"],
    ["a code that only the library has", { failure: "closed" }, "`failure`"],
    ["a code that is null", { failure: null, payload: "x" }, "`failure`"],
    ["a getter that throws", throwing, "reading its properties throws"],
    [
      "a proxy that refuses",
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error("hunter2");
          },
        },
      ),
      "reading",
    ],
  ])("%s", (_what, answer, reason) => {
    const failure = checkAnswer(answer);
    expect(failure.failure).toBe("unknown");
    expect(failure).toHaveProperty("advice", expect.stringContaining(reason));
    expect(JSON.stringify(failure)).not.toContain("hunter2");
  });
});

describe("a failure", () => {
  test.each(failureCodes)("%s passes", (failure) => {
    expect(checkAnswer({ failure })).toEqual({ failure });
  });

  test("keeps what the contract knows and nothing else", () => {
    const native = { name: "AccessDenied", code: "403.1", status: 403, requestId: "r-1", message: "hunter2" };
    const answer = { failure: "throttled", retryAfterMs: 250, advice: "Ask for more.", native, body: "hunter2" };
    expect(checkAnswer(answer)).toEqual({
      failure: "throttled",
      retryAfterMs: 250,
      advice: "Ask for more.",
      native: { name: "AccessDenied", code: "403.1", status: 403, requestId: "r-1" },
    });
  });

  test.each([
    [-1, 0],
    [0, 0],
    [1.5, 1.5],
  ])("that asks for %d ms waits %d ms", (retryAfterMs, believed) => {
    expect(checkAnswer({ failure: "throttled", retryAfterMs })).toHaveProperty("retryAfterMs", believed);
  });

  test.each(["madeNothing", "thisSecretOnly"])("says `%s` or does not", (name) => {
    expect(checkAnswer({ failure: "unavailable", [name]: true })).toEqual({ failure: "unavailable", [name]: true });
    for (const other of [false, "yes", 1]) {
      expect(checkAnswer({ failure: "unavailable", [name]: other })).toEqual({ failure: "unavailable" });
    }
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, "5", null])("does not believe a wait of %s", (retryAfterMs) => {
    expect(checkAnswer({ failure: "throttled", retryAfterMs })).toEqual({ failure: "throttled" });
  });

  test("drops advice that is no text and a native error that holds no identifier", () => {
    expect(checkAnswer({ failure: "unknown", advice: 7, native: new Error("hunter2 is wrong") })).toEqual({
      failure: "unknown",
      native: { name: "Error" },
    });
    expect(checkAnswer({ failure: "unknown", native: "hunter2" })).toStrictEqual({ failure: "unknown" });
  });

  test("wins over a payload beside it: an answer is never both", () => {
    expect(checkAnswer({ failure: "deleted", payload: "hunter2" })).toEqual({ failure: "deleted" });
  });
});

test("whatever a source answers, the result is a record or a failure of the contract", () => {
  fc.assert(
    fc.property(
      fc.anything({ withTypedArray: true, withDate: true, withMap: true, withNullPrototype: true }),
      (any) => {
        for (const answer of [any, { payload: any }, { payload: "x", metadata: any, lease: any }, { failure: any }]) {
          const checked = checkAnswer(answer);
          if (isFailure(checked)) expect(failureCodes).toContain(checked.failure);
          else expect(typeof checked.payload === "string" || checked.payload instanceof Uint8Array).toBe(true);
        }
      },
    ),
    { numRuns: 500 },
  );
});
