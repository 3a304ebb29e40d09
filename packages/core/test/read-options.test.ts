import { describe, expect, test } from "vitest";
import type { Duration } from "../src/index.ts";
import { refusal } from "./outcomes.ts";
import { scriptedInstance } from "./scripted-instance.ts";

async function refusedOptions(options: unknown) {
  const { secrets, source } = scriptedInstance("value");
  const error = await refusal(secrets.getSecret("db", options as object));
  expect(error.code).toBe("invalid-options");
  expect(error.stack).not.toContain("hunter2");
  expect(error.cause).toBeUndefined();
  expect(source.calls).toEqual([]);
  return error.advice;
}

function throwing(key: string): object {
  return Object.defineProperty({}, key, {
    enumerable: true,
    get() {
      throw new Error("hunter2");
    },
  });
}

const keys = ["schema", "as", "field", "version", "optional", "signal", "maxAge", "refresh", "source"];

describe("getSecret's options", () => {
  test.each<[string, unknown]>([
    ["null", null],
    ["text", "hunter2"],
    ["a number", 7],
    ["a function", () => ({})],
    ["a list", []],
    ["a list of options", [{ as: "json" }]],
    ["a map", new Map([["as", "json"]])],
    [
      "an instance of a class",
      new (class {
        as = "json";
      })(),
    ],
    ["heirs of options", Object.create({ as: "json" })],
    [
      "a proxy that throws",
      new Proxy(
        {},
        {
          ownKeys() {
            throw new Error("hunter2");
          },
        },
      ),
    ],
  ])("are refused as %s", async (_what, options) => {
    expect(await refusedOptions(options)).toContain("must be a plain object that can be read");
  });

  test.each([...keys, "unknown"])("are refused where the getter of `%s` throws", async (key) => {
    expect(await refusedOptions(throwing(key))).toContain("must be a plain object that can be read");
  });

  test.each(["shema", "ttl", "AS", "hunter", "__proto__", ""])("have no key %j", async (key) => {
    const options = Object.defineProperty({}, key, { enumerable: true, value: "hunter2" });
    const advice = await refusedOptions(options);
    for (const known of keys) expect(advice).toContain(known);
  });

  test("name an unknown key, cut short", async () => {
    expect(await refusedOptions({ shema: "hunter2" })).toContain('"shema"');
    expect((await refusedOptions({ ["x".repeat(10_000)]: 1 }))?.length).toBeLessThan(300);
  });

  test.each<[string, unknown, string]>([
    ["as", "xml", '`as` must be "text", "json" or "bytes".'],
    ["as", null, "`as`"],
    ["as", "JSON", "`as`"],
    ["field", 7, "`field` must be a string."],
    ["field", ["user"], "`field`"],
    ["field", null, "`field`"],
    ["optional", "true", "`optional` must be true or false."],
    ["optional", 1, "`optional`"],
    ["optional", null, "`optional`"],
    ["refresh", "yes", "`refresh` must be true or false."],
    ["refresh", 0, "`refresh`"],
    ["signal", new AbortController(), "`signal` must be an AbortSignal."],
    ["signal", { aborted: false }, "`signal`"],
    ["signal", null, "`signal`"],
    ["source", 7, "`source` must be a source's name."],
    ["source", null, "`source`"],
    ["maxAge", 5000, "`maxAge` must be a whole number with a unit"],
    ["maxAge", "5", "`maxAge`"],
    ["maxAge", "-5m", "`maxAge`"],
    ["maxAge", "5 m", "`maxAge`"],
    ["maxAge", "1e3ms", "`maxAge`"],
    ["maxAge", "hunter2", "`maxAge`"],
    ["maxAge", "367d", "`maxAge`"],
    ["maxAge", null, "`maxAge`"],
  ])("refuse %s: %j", async (key, value, advice) => {
    expect(await refusedOptions({ [key]: value })).toContain(advice);
  });

  test.each<object>([
    {},
    Object.fromEntries(keys.map((key) => [key, undefined])),
    Object.assign(Object.create(null), { as: "text" }),
    Object.freeze({ optional: false, refresh: false }),
    { maxAge: "0s" satisfies Duration },
    { maxAge: "366d" satisfies Duration },
  ])("may be %j", async (options) => {
    const { secrets } = scriptedInstance("value");
    expect((await secrets.getSecret("db", options)).reveal()).toBe("value");
  });

  test("are read once each, before the first wait", async () => {
    const reads: string[] = [];
    const options = {
      get as() {
        reads.push("as");
        return "json" as const;
      },
      get optional() {
        reads.push("optional");
        return true as const;
      },
    };
    const { secrets } = scriptedInstance("{}");
    const read = secrets.getSecret("db", options);
    expect(reads).toEqual(["as", "optional"]);
    await read;
    expect(reads).toEqual(["as", "optional"]);
  });
});

describe("a secret's name", () => {
  test.each<[string, unknown]>([
    ["empty", ""],
    ["too long", `hunter2${"x".repeat(2048)}`],
    ["with a NUL", "hunter2\0"],
    ["with a line end", "hunter2\n"],
    ["with an escape sequence", "\u001b[31mhunter2"],
    ["half a character", "hunter2\ud800"],
    ["a number", 7],
    ["undefined", undefined],
    ["a symbol", Symbol("hunter2")],
    ["an object", { toString: () => "hunter2" }],
  ])("%s is refused before the store is asked, and not repeated", async (_what, name) => {
    const { secrets, source } = scriptedInstance("value");
    for (const options of [undefined, { optional: true }] as const) {
      const error = await refusal(secrets.getSecret(name as string, options));
      expect(error).toMatchObject({ code: "invalid-request", source: "scripted", secretName: undefined });
      expect(error.stack).not.toContain("hunter2");
      expect(error.advice).toContain("A secret's name must");
    }
    expect(source.calls).toEqual([]);
  });

  test.each(["__proto__", "constructor", "a".repeat(2048), "../../etc/passwd", "ключ 🔑"])(
    "%s is as good as any",
    async (name) => {
      const { secrets, source } = scriptedInstance("value");
      expect((await secrets.getSecret(name)).name).toBe(name);
      expect((await secrets.getSecret(name)).reveal()).toBe("value");
      expect(source.calls.map(({ ref }) => ref.name)).toEqual([name]);
    },
  );
});
