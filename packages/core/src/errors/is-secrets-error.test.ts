import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { isSecretsError, SecretsError } from "./secrets-error.ts";

// A query makes the runner load the module a second time, as a second copy of the package would be.
const copyAt = "./secrets-error.ts?copy";
const copy = (await import(/* @vite-ignore */ copyAt)) as typeof import("./secrets-error.ts");

describe("across two copies in one process", () => {
  test("they are different classes", () => {
    expect(copy.SecretsError).not.toBe(SecretsError);
    expect(new copy.SecretsError({ code: "closed" })).not.toBeInstanceOf(SecretsError);
  });

  test("each recognises the other's errors", () => {
    expect(isSecretsError(new copy.SecretsError({ code: "closed" }))).toBe(true);
    expect(copy.isSecretsError(new SecretsError({ code: "closed" }))).toBe(true);
  });
});

test("recognises its own errors and their heirs", () => {
  class Heir extends SecretsError {}
  expect(isSecretsError(new SecretsError({ code: "closed" }))).toBe(true);
  expect(isSecretsError(new Heir({ code: "closed" }))).toBe(true);
});

const revoked = Proxy.revocable({}, {});
revoked.revoke();
const notOurs: [string, unknown][] = [
  ["undefined", undefined],
  ["null", null],
  ["a text", "SecretsError"],
  ["a function", () => {}],
  ["another error", new Error("SecretsError")],
  ["an error of the same name", Object.assign(new Error("x"), { name: "SecretsError", code: "closed" })],
  ["an object of the same shape", { ...new SecretsError({ code: "closed" }) }],
  ["an error of another realm", runInNewContext("new Error('x')")],
  ["a marker that is not true", { [Symbol.for("secretsource.error")]: 1 }],
  ["a revoked proxy", revoked.proxy],
];

test.each(notOurs)("does not take %s for one, and does not throw", (_, value) => {
  expect(isSecretsError(value)).toBe(false);
});
