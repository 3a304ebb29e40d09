import { type } from "arktype";
import * as v from "valibot";
import { describe, expectTypeOf, test } from "vitest";
import { z } from "zod";
import type { Secret } from "../secret/secret.ts";
import { type ConfigItem, type ConfigOf, env, loadConfig, type ReadonlyDeep, secret } from "./index.ts";

interface Settings {
  hosts: string[];
  deep: { at: Date; pair: [number, { on: boolean }] };
}

type Untyped = ReturnType<typeof JSON.parse>;

const Db = z.object({ user: z.string(), port: z.number() });
const List = z.string().transform((text) => text.split(","));
const unknownFlag = (Math.random() > 2) as boolean;

describe("a secret's item", () => {
  test("follows its schema, of whichever library", () => {
    expectTypeOf(secret("a")).toEqualTypeOf<ConfigItem<Secret<string>>>();
    expectTypeOf(secret("a", Db)).toEqualTypeOf<ConfigItem<Secret<{ user: string; port: number }>>>();
    expectTypeOf(secret("a", v.object({ b: v.number() }))).toEqualTypeOf<ConfigItem<Secret<{ b: number }>>>();
    expectTypeOf(secret("a", type({ b: "number" }))).toEqualTypeOf<ConfigItem<Secret<{ b: number }>>>();
  });

  test("follows its options, with and without a schema", () => {
    expectTypeOf(secret("a", { env: "A", field: "b" })).toEqualTypeOf<ConfigItem<Secret<string>>>();
    expectTypeOf(secret("a", { as: "bytes" })).toEqualTypeOf<ConfigItem<Secret<Uint8Array>>>();
    expectTypeOf(secret("a", { as: "json" })).toEqualTypeOf<ConfigItem<Secret<unknown>>>();
    expectTypeOf(secret("a", { optional: true })).toEqualTypeOf<ConfigItem<Secret<string> | undefined>>();
    expectTypeOf(secret("a", { optional: false })).toEqualTypeOf<ConfigItem<Secret<string>>>();
    expectTypeOf(secret("a", { optional: unknownFlag })).toEqualTypeOf<ConfigItem<Secret<string> | undefined>>();
    expectTypeOf(secret("a", z.number(), { as: "json", optional: true })).toEqualTypeOf<
      ConfigItem<Secret<number> | undefined>
    >();
    expectTypeOf(secret("a", undefined, { as: "bytes" })).toEqualTypeOf<ConfigItem<Secret<Uint8Array>>>();
  });

  test("refuses what loadConfig would", () => {
    // @ts-expect-error a secret has no default
    secret("a", { default: "x" });
    // @ts-expect-error no such option
    secret("a", Db, { feild: "x" });
    // @ts-expect-error loadConfig has the signal
    secret("a", Db, { signal: new AbortController().signal });
    // @ts-expect-error no such decoding
    secret("a", { as: "yaml" });
  });
});

describe("a variable's item", () => {
  test("follows its schema and its options", () => {
    expectTypeOf(env("A")).toEqualTypeOf<ConfigItem<string>>();
    expectTypeOf(env("A", { default: "x" })).toEqualTypeOf<ConfigItem<string>>();
    expectTypeOf(env("A", { optional: true })).toEqualTypeOf<ConfigItem<string | undefined>>();
    expectTypeOf(env("A", z.coerce.number())).toEqualTypeOf<ConfigItem<number>>();
    expectTypeOf(env("A", z.coerce.number(), { default: 1 })).toEqualTypeOf<ConfigItem<number>>();
    expectTypeOf(env("A", z.enum(["a", "b"]), { default: "a" })).toEqualTypeOf<ConfigItem<"a" | "b">>();
    expectTypeOf(env("A", z.coerce.number(), { optional: unknownFlag })).toEqualTypeOf<
      ConfigItem<number | undefined>
    >();
  });

  test("refuses what loadConfig would", () => {
    // @ts-expect-error the default is no output of the schema
    env("A", z.coerce.number(), { default: "1" });
    // @ts-expect-error the default is no text
    env("A", { default: 1 });
    // @ts-expect-error no such option
    env("A", { defualt: "1" });
  });
});

describe("a config", () => {
  const spec = {
    db: secret("db", Db),
    key: secret("key", { optional: true }),
    hosts: env("HOSTS", List),
    nested: { port: env("PORT", z.coerce.number(), { default: 1 }), list: [secret("a"), secret("b")] },
    mode: "fast",
    at: new Date(0),
  };
  interface Loaded {
    readonly db: Secret<{ user: string; port: number }>;
    readonly key: Secret<string> | undefined;
    readonly hosts: readonly string[];
    readonly nested: { readonly port: number; readonly list: readonly Secret<string>[] };
    readonly mode: string;
    readonly at: Date;
  }

  test("is what its spec says, read-only all the way down", () => {
    expectTypeOf<ConfigOf<typeof spec>>().branded.toEqualTypeOf<Loaded>();
    expectTypeOf(loadConfig<typeof spec>).returns.resolves.branded.toEqualTypeOf<Loaded>();
  });

  test("written in place keeps literals and the places of a list", () => {
    const load = () => loadConfig({ mode: "fast", retries: 3, list: [secret("a"), env("B", z.coerce.number()), null] });
    expectTypeOf(load).returns.resolves.branded.toEqualTypeOf<{
      readonly mode: "fast";
      readonly retries: 3;
      readonly list: readonly [Secret<string>, number, null];
    }>();
  });

  test("has no undefined literals, since they are refused", () => {
    const load = () => loadConfig({ mode: process.env.MODE, optional: env("A", { optional: true }) });
    expectTypeOf(load).returns.resolves.branded.toEqualTypeOf<{
      readonly mode: string;
      readonly optional: string | undefined;
    }>();
  });

  test("is read-only inside of what a schema gives, and leaves instances alone", () => {
    class Level {
      #level = 1;
      level() {
        return this.#level;
      }
    }
    expectTypeOf<ReadonlyDeep<Settings>>().branded.toEqualTypeOf<{
      readonly hosts: readonly string[];
      readonly deep: { readonly at: Date; readonly pair: readonly [number, { readonly on: boolean }] };
    }>();
    expectTypeOf<ReadonlyDeep<Map<string, string[]>>>().toEqualTypeOf<Map<string, string[]>>();
    expectTypeOf<ReadonlyDeep<Uint8Array>>().toEqualTypeOf<Uint8Array>();
    expectTypeOf<ReadonlyDeep<unknown>>().toEqualTypeOf<unknown>();
    expectTypeOf<ReadonlyDeep<{ a: Untyped }>["a"]>().toBeAny();
    expectTypeOf<ConfigOf<{ level: Level; url: URL }>>().toEqualTypeOf<{ readonly level: Level; readonly url: URL }>();
    expectTypeOf<ConfigOf<{ a: Untyped }>["a"]>().toBeAny();
    expectTypeOf<ConfigOf<{ a: unknown }>>().toEqualTypeOf<{ readonly a: unknown }>();
  });

  test("cannot be changed", () => {
    const change = async () => {
      const config = await loadConfig(spec);
      // @ts-expect-error read-only
      config.mode = "slow";
      // @ts-expect-error read-only
      config.nested.port = 2;
      // @ts-expect-error read-only
      config.hosts.push("x");
    };
    expectTypeOf(change).returns.resolves.toBeVoid();
  });
});
