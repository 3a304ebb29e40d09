import { describe, expect, test } from "vitest";
import { createSecrets } from "../src/index.ts";
import { thrownBy } from "./outcomes.ts";
import { scriptedSource } from "./scripted-source.ts";

const scheme = { scheme: "x", fromUri: () => scriptedSource("value") };

function refused(options: unknown) {
  const error = thrownBy(() => createSecrets(options as never));
  expect(error.stack).not.toContain("hunter2");
  expect(error.cause).toBeUndefined();
  return error;
}

function throwing(key: string): object {
  return Object.defineProperty({}, key, {
    enumerable: true,
    get() {
      throw new Error("hunter2");
    },
  });
}

describe("createSecrets refuses", () => {
  const source = () => scriptedSource("value");
  test.each<[string, () => unknown, string]>([
    ["null", () => null, "must be a plain object"],
    ["a source instead of options", () => source(), "pass it as `{ source }`"],
    ["a list", () => [source()], "must be a plain object"],
    ["an unknown key", () => ({ source: source(), cache: true }), '"cache"'],
    ["two ways to say the source", () => ({ source: source(), sources: { a: source() } }), "not several"],
    ["a source and a URI", () => ({ source: source(), from: "env:" }), "not several"],
    ["no sources", () => ({ sources: {} }), "at least one"],
    ["sources that are a list", () => ({ sources: [source()] }), "`sources` must be a plain object"],
    ["sources that are null", () => ({ sources: null }), "`sources` must be a plain object"],
    ["sources whose getter throws", () => ({ sources: throwing("a") }), "`sources` must be a plain object"],
    ["a source's name that is empty", () => ({ sources: { "": source() } }), "A source's name"],
    ["a source's name with a blank", () => ({ sources: { "a b": source() } }), "A source's name"],
    ["a source's name with a NUL", () => ({ sources: { "a\0id": source() } }), "A source's name"],
    ["a source's name that is too long", () => ({ sources: { ["a".repeat(65)]: source() } }), "A source's name"],
    ["a default that is no source", () => ({ sources: { a: source() }, default: "b" }), "one of a"],
    ["a default that is inherited", () => ({ sources: { a: source() }, default: "toString" }), "one of a"],
    ["a default that is no text", () => ({ sources: { a: source() }, default: 7 }), "one of a"],
    ["a default for one source", () => ({ source: source(), default: "scripted" }), "goes with `sources`"],
    ["schemes without a URI", () => ({ source: source(), schemes: [scheme] }), "goes with `from`"],
    ["a ttl without a unit", () => ({ source: source(), ttl: 300 }), "`ttl` must be a whole number with a unit"],
    ["a ttl that is text", () => ({ source: source(), ttl: "hunter2" }), "`ttl`"],
    ["a ttl of nothing", () => ({ source: source(), ttl: "0s" }), '`ttl` must be at least "1s"'],
    ["settings of no source", () => ({ source: source(), perSource: { other: {} } }), '"other"'],
    ["settings that are null", () => ({ source: source(), perSource: null }), "`perSource`"],
    ["an unknown setting", () => ({ source: source(), perSource: { scripted: { tll: "5m" } } }), '"tll"'],
    [
      "a setting without a unit",
      () => ({ source: source(), perSource: { scripted: { ttl: "5" } } }),
      "perSource.scripted.ttl",
    ],
    ["a clock that is null", () => ({ source: source(), clock: null }), "`clock`"],
    ["a clock that is a date", () => ({ source: source(), clock: new Date() }), "`clock`"],
    ["a clock whose getter throws", () => ({ source: source(), clock: throwing("now") }), "`clock`"],
    ...["source", "sources", "default", "from", "schemes", "ttl", "maxStale", "perSource", "clock", "other"].map(
      (key): [string, () => unknown, string] => [
        `a getter of \`${key}\` that throws`,
        () => throwing(key),
        "can be read",
      ],
    ),
  ])("%s", (_what, options, advice) => {
    const error = refused(options());
    expect(error.code).toBe("invalid-options");
    expect(error.advice).toContain(advice);
  });

  test.each([undefined, {}, { from: undefined }, { from: "" }])("%j, since no source is said", (options) => {
    const error = refused(options);
    expect(error.code).toBe("not-configured");
    expect(error.advice).toContain("configureSecrets({ source })");
    expect(error.advice).toContain("SECRETSOURCE");
  });
});

describe("createSecrets takes", () => {
  test.each(["source", "sources"])("undefined for everything beside `%s`", async (key) => {
    const nothing = { default: undefined, from: undefined, schemes: undefined, ttl: undefined, perSource: undefined };
    const given = key === "source" ? { source: scriptedSource("v") } : { sources: { a: scriptedSource("v") } };
    const secrets = createSecrets({ ...nothing, clock: undefined, ...given } as never);
    expect((await secrets.getSecret("db")).reveal()).toBe("v");
  });

  test("no call of the source", () => {
    const source = scriptedSource("value");
    createSecrets({ source });
    expect([source.calls.length, source.closes]).toEqual([0, 0]);
  });
});
