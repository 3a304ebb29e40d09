import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { isSecretsError, type SecretsError } from "../errors/secrets-error.ts";
import { type ConfigItem, env, loadConfig, secret } from "./index.ts";

const canary = "canary-91ee";

async function errorOf(spec: unknown, options?: unknown): Promise<SecretsError> {
  const loading = loadConfig(spec as object, options as { env: Record<string, string> });
  const error: unknown = await loading.catch((reason: unknown) => reason);
  if (!isSecretsError(error)) throw new Error("it loads");
  expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain("canary");
  return error;
}

async function problemsOf(spec: unknown): Promise<string[]> {
  const { code, problems = [] } = await errorOf(spec);
  expect(code).toBe("invalid-config");
  expect(problems.every((problem) => problem.code === "invalid-options")).toBe(true);
  return problems.map(({ path, reason }) => `${path}: ${reason}`);
}

class Holder {
  inside: unknown;
  constructor(inside: unknown) {
    this.inside = inside;
  }
}

describe("what cannot stand in a config", () => {
  const proxy = new Proxy(
    {},
    {
      getPrototypeOf: () => {
        throw new Error(canary);
      },
    },
  );
  const unlisted = new Proxy(
    {},
    {
      ownKeys: () => {
        throw new Error(canary);
      },
    },
  );
  const bare: object = Object.assign(Object.create(null), { a: secret("a") });
  const noSchema = { "~standard": { version: 1, vendor: "mine", validate: () => ({ value: canary }) } };
  test.each([
    ["undefined", undefined, "It is undefined."],
    ["a promise", Promise.resolve(canary), "It is a promise: await it first"],
    ["a function", () => canary, "It is a function: call it"],
    ["a class", Holder, "It is a function"],
    ["a schema", z.string(), "A schema alone reads nothing"],
    ["a schema that is a function", Object.assign(() => {}, noSchema), "A schema alone reads nothing"],
    ["an item in an instance", new Holder(secret("a")), "It holds a secret() or env()"],
    ["an item in a map", new Map([["a", env("A")]]), "It holds a secret() or env()"],
    ["an object with another prototype", { __proto__: { a: secret("a") } }, "Its prototype is no class"],
    ["the same, in whatever way it was made", Object.create(bare), "Its prototype is no class"],
    ["an object that throws", proxy, "It cannot be read"],
    ["an object that does not list its keys", unlisted, "It cannot be read"],
    ["a symbol as a key", { [Symbol(canary)]: 1 }, "It has a symbol as a key"],
  ])("%s", async (_, literal, reason) => {
    const [problem, ...more] = await problemsOf({ place: literal });
    expect(problem).toContain(`place: ${reason}`);
    expect(more).toEqual([]);
  });

  test("a getter that throws; one that does not is read once", async () => {
    let reads = 0;
    const spec = {
      get good() {
        reads += 1;
        return 1;
      },
      get bad() {
        throw new Error(canary);
      },
    };
    expect(await problemsOf(spec)).toEqual(["bad: It cannot be read: a getter or a proxy there throws."]);
    expect(reads).toBe(1);
  });

  test("what holds itself; what stands in two places is fine", async () => {
    const twice = { a: 1 };
    const spec: Record<string, unknown> = { one: twice, two: [twice], nested: { list: [] } };
    (spec.nested as { list: unknown[] }).list.push(spec);
    (spec.nested as { again?: unknown }).again = spec.nested;
    const reason = "It holds itself: a config has an end.";
    expect(await problemsOf(spec)).toEqual([`nested.list[0]: ${reason}`, `nested.again: ${reason}`]);
  });

  test("what never ends", async () => {
    let deep: unknown[] = [];
    for (let level = 0; level < 20_000; level++) deep = [deep];
    const [problem] = await problemsOf({ deep });
    expect(problem).toMatch(/^deep(\[0\]){99}: It is more than 100 levels deep\.$/);
  });

  test("a key that would change a prototype", async () => {
    const problems = await problemsOf({ ...JSON.parse('{"a":{"__proto__":{"polluted":true}}}'), b: undefined });
    expect(problems).toEqual([
      "a.__proto__: A key `__proto__` would change what the config is: take another.",
      expect.stringContaining("b: "),
    ]);
    expect(({} as { polluted?: true }).polluted).toBeUndefined();
  });

  test("holes of a list", async () => {
    // biome-ignore lint/suspicious/noSparseArray: the hole is what it is about
    expect(await problemsOf({ list: [1, , 3] })).toEqual([expect.stringContaining("list[1]: It is undefined.")]);
  });

  test("keys that are no identifiers are quoted in the path, on one line", async () => {
    const problems = await problemsOf({ "a.b": { "c\n\u202e": undefined, "my-key": [undefined] }, "": undefined });
    expect(problems.map((problem) => problem.split(": ")[0])).toEqual([
      '["a.b"]["c\\n\\u202e"]',
      '["a.b"].my-key[0]',
      '[""]',
    ]);
  });
});

test("everything is named at once, in the order in which it is written, beside what is missing", async () => {
  const spec = { z: undefined, list: [env("NOT_SET"), () => 1], a: env("ALSO_NOT_SET"), b: Promise.resolve(1) };
  const { problems = [] } = await errorOf(spec, { env: {} });
  expect(problems.map(({ path, code }) => [path, code])).toEqual([
    ["z", "invalid-options"],
    ["list[0]", "not-found"],
    ["list[1]", "invalid-options"],
    ["a", "not-found"],
    ["b", "invalid-options"],
  ]);
});

describe("what can stand in a config", () => {
  test("objects without prototype and from another realm, with items in them", async () => {
    const foreign: { item: ConfigItem<string> } = runInNewContext("(item) => ({ item })")(env("A"));
    const bare: { item: ConfigItem<string> } = Object.assign(Object.create(null), { item: env("A") });
    const config = await loadConfig({ foreign, bare }, { env: { A: "x" } });
    expect(config).toEqual({ foreign: { item: "x" }, bare: { item: "x" } });
  });

  test("keys that an object has anyway", async () => {
    const config = await loadConfig({ constructor: 1, toString: "x", hasOwnProperty: env("A") }, { env: { A: "y" } });
    expect(Object.entries(config)).toEqual(Object.entries({ constructor: 1, toString: "x", hasOwnProperty: "y" }));
  });
});

describe("loadConfig itself", () => {
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  test.each([
    ["nothing", undefined],
    ["text", canary],
    ["an item", secret("a")],
    ["a promise", Promise.resolve({})],
    ["an instance", new Holder(1)],
    ["a proxy that throws", revoked.proxy],
  ])("does not take %s", async (_, spec) => {
    const { code, message } = await errorOf(spec);
    expect([code, message]).toEqual(["invalid-options", expect.stringContaining("loadConfig() takes a plain object")]);
  });

  const throwing = Object.defineProperty({}, "env", {
    enumerable: true,
    get: () => {
      throw new Error(canary);
    },
  });
  test.each([
    ["an option that does not exist", { sources: {} }, '"sources"'],
    ["options that throw", throwing, "that can be read"],
    ["options that are none", canary, "plain object"],
    ["a number without unit", { within: 15 }, "`within` must be a whole number with a unit"],
    ["a source for an instance", { secrets: { kind: "env" } }, "createSecrets()"],
    ["null for an instance", { secrets: null }, "createSecrets()"],
    ["a list for an environment", { env: [] }, "`env` must map"],
    ["a clock that is none", { clock: {} }, "`clock`"],
  ])("refuses %s", async (_, options, advice) => {
    const { code, message } = await errorOf({ a: env("A") }, options);
    expect([code, message]).toEqual(["invalid-options", expect.stringContaining(advice)]);
  });
});

test("an item that nobody loads says what to do with it, wherever it is printed", () => {
  const item = secret("db", { env: "DB" });
  expect(`${item} ${JSON.stringify({ item })}`).toBe(
    '[secret "db": pass it to loadConfig()] {"item":"[secret \\"db\\": pass it to loadConfig()]"}',
  );
  expect(Object.keys(item)).toEqual([]);
  expect(Object.isFrozen(item)).toBe(true);
});
