import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Problem } from "../errors/problem.ts";
import { isSecretsError } from "../errors/secrets-error.ts";
import { type ConfigItem, env, loadConfig, secret } from "./index.ts";

const canary = "canary-2b90";

type Variables = Record<string, string | undefined>;

async function load<Result>(item: ConfigItem<Result>, variables: Variables = {}) {
  return (await loadConfig({ item }, { env: variables })).item;
}

async function problemOf(item: ConfigItem, variables: Variables = {}): Promise<Problem> {
  const error: unknown = await load(item, variables).catch((reason: unknown) => reason);
  if (!isSecretsError(error)) throw new Error("it loads");
  expect(error.message).not.toContain("canary");
  expect(error.problems).toHaveLength(1);
  return error.problems?.[0] as Problem;
}

describe("a variable", () => {
  test("is text, or what its schema makes of it, an asynchronous one too", async () => {
    expect(await load(env("A"), { A: " x " })).toBe(" x ");
    expect(await load(env("A", z.coerce.number()), { A: "8" })).toBe(8);
    expect(
      await load(
        env(
          "A",
          z.string().transform(async (text) => text.length),
        ),
        { A: "abc" },
      ),
    ).toBe(3);
  });

  test("is never parsed before its schema sees it", async () => {
    expect(await load(env("A", z.string()), { A: '{"a":1}' })).toBe('{"a":1}');
    expect(
      await load(
        env(
          "A",
          z.string().transform((text) => JSON.parse(text)),
        ),
        { A: '["x"]' },
      ),
    ).toEqual(["x"]);
  });

  test.each([
    ["is not set", {}],
    ["is set, but empty", { A: "" }],
    ["is not set", { A: undefined }],
  ])("that %s is missing", async (state, variables) => {
    expect(await problemOf(env("A"), variables)).toEqual({
      path: "item",
      code: "not-found",
      source: "environment",
      name: "A",
      reason: `The variable ${state}. Set it, or give its item a \`default\`.`,
    });
  });

  test("is text: what every object inherits is none", async () => {
    expect(await problemOf(env("constructor"))).toMatchObject({ code: "not-found" });
  });

  test("that its schema refuses is named without its value", async () => {
    const { code, name, reason } = await problemOf(env("A", z.coerce.number()), { A: canary });
    expect([code, name]).toEqual(["validation-failed", "A"]);
    expect(reason).toContain("The schema refused it: the value (a string) is not valid [invalid_type].");
    expect(reason).toContain("Every variable is text: the schema must convert it");
    expect(reason).not.toContain("payload");
  });

  test("that is none of a list is not told to be converted", async () => {
    const { reason } = await problemOf(env("A", z.enum(["staging", "production"])), { A: canary });
    expect(reason).toBe("The schema refused it: the value (a string) is not valid [invalid_value].");
  });

  test("is named without its value when the schema throws", async () => {
    const schema = z.string().transform((text): string => {
      throw new Error(text);
    });
    expect(await problemOf(env("A", schema), { A: canary })).toMatchObject({ code: "validation-failed" });
  });

  test("of an environment that throws is a problem like another", async () => {
    const fails = () => {
      throw new Error(canary);
    };
    const hostile = new Proxy({}, { get: fails });
    expect(await problemOf(env("A"), hostile)).toMatchObject({ code: "unknown", name: "A", source: "environment" });
  });
});

describe("where there is none", () => {
  test.each([{}, { A: "" }])("the default holds, and is not given to the schema: %o", async (variables) => {
    expect(await load(env("A", { default: "x" }), variables)).toBe("x");
    expect(await load(env("A", { default: "" }), variables)).toBe("");
    expect(await load(env("A", z.coerce.number().min(1), { default: 0 }), variables)).toBe(0);
    expect(await load(env("A", z.stringbool(), { default: false }), variables)).toBe(false);
  });

  test("optional is undefined, and the key is there", async () => {
    const config = await loadConfig({ a: env("A", { optional: true }) }, { env: { A: "" } });
    expect(Object.entries(config)).toEqual([["a", undefined]]);
  });

  test("neither hides a value that is refused", async () => {
    const refused = { code: "validation-failed" };
    expect(await problemOf(env("A", z.coerce.number(), { default: 1 }), { A: "x" })).toMatchObject(refused);
    expect(await problemOf(env("A", z.coerce.number(), { optional: true }), { A: "x" })).toMatchObject(refused);
  });

  test("a default that is a structure is frozen as a copy", async () => {
    const List = z.string().transform((text) => text.split(","));
    const mine = ["a"];
    const theirs = await load(env("A", List, { default: mine }));
    expect(theirs).toEqual(["a"]);
    expect([Object.isFrozen(theirs), Object.isFrozen(mine)]).toEqual([true, false]);
  });
});

describe("mistakes are kept for loadConfig", () => {
  const wrong = env as unknown as (...args: unknown[]) => ConfigItem;
  test.each([
    ["no name", wrong(), "must be a string"],
    ["an empty name", wrong(""), "must not be empty"],
    ["a name with its value", wrong(`A=${canary}`), "give the name, not the value"],
    ["an endless name", wrong("A".repeat(300)), "at most 255"],
    ["an option with a typo", wrong("A", { defualt: 1 }), '"defualt"'],
    ["a schema that is none", wrong("A", Number), "Standard Schema"],
    ["default and optional", wrong("A", { default: "x", optional: true }), "not both"],
    ["a function as default", wrong("A", { default: () => canary }), "`default`: It is a function"],
    ["an item as default", wrong("A", { default: secret("a") }), "`default`: It holds a secret()"],
    [
      "an item deep in the default",
      wrong("A", { default: { b: [env("B")] } }),
      "`default` (b[0]): It holds a secret()",
    ],
  ])("%s", async (_, item, reason) => {
    expect(await problemOf(item, { A: canary })).toMatchObject({
      code: "invalid-options",
      reason: expect.stringContaining(reason),
    });
  });
});
