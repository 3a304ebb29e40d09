import { inspect } from "node:util";
import { describe, expect, expectTypeOf, test } from "vitest";
import { failureCodes, libraryCodes, type SecretsErrorCode } from "./error-code.ts";
import { isSecretsError, SecretsError, type SecretsErrorInit } from "./secrets-error.ts";

const codes = [...failureCodes, ...libraryCodes];
const retryableCodes: readonly SecretsErrorCode[] = [
  "throttled",
  "unavailable",
  "timeout",
  "payload-corrupt",
  "mint-budget-exhausted",
  "stale-limit",
];

test.each(codes)("%s: an Error with that code that says whether waiting may help", (code) => {
  const error = new SecretsError({ code });
  expect(error).toBeInstanceOf(Error);
  expect(error.code).toBe(code);
  expect(error.retryable).toBe(retryableCodes.includes(code));
  expect(String(error)).toBe(`SecretsError: ${error.message}`);
  expect(error.stack?.startsWith(`SecretsError: ${error.message}\n`)).toBe(true);
});

describe("its properties", () => {
  test("say what it was made from", () => {
    const init = { source: "aws", secretName: "prod/db", attempts: 3, advice: "Wait." } as const;
    const error = new SecretsError({ code: "throttled", ...init });
    expect(error).toMatchObject({ code: "throttled", retryable: true, ...init });
  });

  test("default to nothing and to no attempt", () => {
    const error = new SecretsError({ code: "closed" });
    expect(error.attempts).toBe(0);
    expect([error.source, error.secretName, error.advice, error.cause, error.problems]).toEqual(
      Array(5).fill(undefined),
    );
    expect(Object.hasOwn(error, "cause")).toBe(false);
    expect(Object.hasOwn(error, "problems")).toBe(false);
  });

  test("the name is no property of each error, so that it does not clutter what is printed", () => {
    expect(Object.keys(new SecretsError({ code: "closed" }))).not.toContain("name");
  });

  test("problems are copied and frozen", () => {
    const problem = { path: "db", code: "not-found", reason: "It does not exist" } as const;
    const given = [problem];
    const error = new SecretsError({ code: "invalid-config", problems: given });
    given.pop();
    expect(error.problems).toEqual([problem]);
    expect(Object.isFrozen(error.problems) && error.problems?.every(Object.isFrozen)).toBe(true);
    expect(JSON.parse(JSON.stringify(error)).problems).toEqual([problem]);
  });

  test("have the types of the closed list", () => {
    expectTypeOf<SecretsError["code"]>().toEqualTypeOf<SecretsErrorCode>();
    expectTypeOf<SecretsErrorInit["code"]>().toEqualTypeOf<SecretsErrorCode>();
    expectTypeOf<"no-such-code">().not.toExtend<SecretsErrorCode>();
    expectTypeOf(isSecretsError).guards.toEqualTypeOf<SecretsError>();
  });
});

describe("its cause", () => {
  const canary = "canary-51d0 hunter2";
  const native = Object.assign(new Error(canary), {
    code: "EACCES",
    status: 403,
    requestId: "r-1",
    request: { headers: { authorization: `Bearer ${canary}` } },
    $response: canary,
    cause: new Error(canary),
  });
  const error = new SecretsError({ code: "access-denied", cause: native });

  test("is reduced to identifiers, and frozen", () => {
    expect(error.cause).toEqual({ name: "Error", code: "EACCES", status: 403, requestId: "r-1" });
    expect(Object.isFrozen(error.cause)).toBe(true);
  });

  test("is absent when nothing of it is safe to keep", () => {
    const bare = new SecretsError({ code: "unknown", cause: { name: canary } });
    expect(Object.hasOwn(bare, "cause")).toBe(false);
  });

  test.each([
    ["JSON", JSON.stringify(error)],
    ["own properties as JSON", JSON.stringify(error, Object.getOwnPropertyNames(error))],
    ["inspect", inspect(error, { depth: null, showHidden: true, getters: true })],
    ["inspect without custom printers", inspect(error, { depth: null, showHidden: true, customInspect: false })],
    ["the stack", String(error.stack)],
    ["the string", `${error}`],
    ["a structured clone", inspect(structuredClone(error), { depth: null, showHidden: true })],
  ])("gives nothing else away in %s", (_, printed) => {
    expect(printed.length).toBeGreaterThan(10);
    expect(printed).not.toContain("canary");
    expect(printed).not.toContain("Bearer");
  });

  test("is shown by inspect, so that the request id reaches whoever must call the store's support", () => {
    expect(inspect(error)).toContain("r-1");
  });

  test("may be hostile", () => {
    const fails = () => {
      throw new Error(canary);
    };
    const cause = new Proxy({}, { get: fails, has: fails, ownKeys: fails });
    const made = new SecretsError({ code: "unknown", cause });
    expect(made.cause).toBeUndefined();
    expect(inspect(made, { depth: null, showHidden: true })).not.toContain("canary");
  });
});
