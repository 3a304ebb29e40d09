import type { StandardSchemaV1 } from "@standard-schema/spec";
import { type } from "arktype";
import * as v from "valibot";
import { describe, expectTypeOf, test } from "vitest";
import { z } from "zod";
import type { As, GetSecretOptions, Secret, Secrets } from "../src/index.ts";
import { getSecret } from "../src/index.ts";

// Types alone: nothing here is called.
declare const secrets: Secrets;
declare const unknownBoolean: boolean;
declare const unknownAs: As;
declare const maybeAs: As | undefined;
declare const anySchema: StandardSchemaV1;
declare const maybeSchema: z.ZodNumber | undefined;

const Db = z.object({ user: z.string(), port: z.string().transform(Number) });
const Port = z.string().transform(Number);
type Found<T> = Promise<Secret<T>>;
type Perhaps<T> = Promise<Secret<T> | undefined>;

describe("getSecret's result follows its options:", () => {
  test("text without any", () => {
    expectTypeOf(() => getSecret("x")).returns.toEqualTypeOf<Found<string>>();
    expectTypeOf(() => getSecret("x", {})).returns.toEqualTypeOf<Found<string>>();
    expectTypeOf(() => getSecret("x", undefined)).returns.toEqualTypeOf<Found<string>>();
    expectTypeOf(() => secrets.getSecret("x")).returns.toEqualTypeOf<Found<string>>();
  });

  test("`as`", () => {
    expectTypeOf(() => getSecret("x", { as: "text" })).returns.toEqualTypeOf<Found<string>>();
    expectTypeOf(() => getSecret("x", { as: "json" })).returns.toEqualTypeOf<Found<unknown>>();
    expectTypeOf(() => getSecret("x", { as: "bytes" })).returns.toEqualTypeOf<Found<Uint8Array>>();
    expectTypeOf(() => getSecret("x", { as: undefined })).returns.toEqualTypeOf<Found<string>>();
  });

  test("`field`", () => {
    expectTypeOf(() => getSecret("x", { field: "user" })).returns.toEqualTypeOf<Found<string>>();
    expectTypeOf(() => getSecret("x", { field: "port", as: "json" })).returns.toEqualTypeOf<Found<unknown>>();
    expectTypeOf(() => getSecret("x", { field: "port", schema: Port })).returns.toEqualTypeOf<Found<number>>();
  });

  test("`schema`: its output, not its input", () => {
    type Value = { user: string; port: number };
    expectTypeOf(() => getSecret("x", { schema: Db })).returns.toEqualTypeOf<Found<Value>>();
    const valibot = v.object({ user: v.string(), port: v.pipe(v.string(), v.transform(Number)) });
    expectTypeOf(() => getSecret("x", { schema: valibot })).returns.toEqualTypeOf<Found<Value>>();
    const arktype = type({ user: "string", port: "string.numeric.parse" });
    expectTypeOf(() => getSecret("x", { schema: arktype })).returns.toEqualTypeOf<Found<Value>>();
    const later = z.string().transform(async (text) => text.length);
    expectTypeOf(() => getSecret("x", { schema: later })).returns.toEqualTypeOf<Found<number>>();
    expectTypeOf(() => getSecret("x", { schema: Port, as: "text" })).returns.toEqualTypeOf<Found<number>>();
    expectTypeOf(() => getSecret("x", { schema: undefined })).returns.toEqualTypeOf<Found<string>>();
  });

  test("`optional`", () => {
    expectTypeOf(() => getSecret("x", { optional: true })).returns.toEqualTypeOf<Perhaps<string>>();
    expectTypeOf(() => getSecret("x", { optional: false })).returns.toEqualTypeOf<Found<string>>();
    expectTypeOf(() => getSecret("x", { optional: undefined })).returns.toEqualTypeOf<Found<string>>();
    expectTypeOf(() => getSecret("x", { optional: true, schema: Port })).returns.toEqualTypeOf<Perhaps<number>>();
    expectTypeOf(() => getSecret("x", { optional: true, as: "bytes" })).returns.toEqualTypeOf<Perhaps<Uint8Array>>();
    expectTypeOf(() => getSecret("x", { optional: true, field: "a" })).returns.toEqualTypeOf<Perhaps<string>>();
  });

  test("the rest changes nothing", () => {
    const { signal } = new AbortController();
    expectTypeOf(() =>
      getSecret("x", { version: { id: "7" }, signal, maxAge: "5s", refresh: true, source: "aws" }),
    ).returns.toEqualTypeOf<Found<string>>();
    expectTypeOf(() => getSecret("x", { version: "previous", optional: true })).returns.toEqualTypeOf<
      Perhaps<string>
    >();
  });
});

describe("where a literal is not known, every case is in the type:", () => {
  test("`optional: boolean` may be undefined", () => {
    expectTypeOf(() => getSecret("x", { optional: unknownBoolean })).returns.toEqualTypeOf<Perhaps<string>>();
    const options = { optional: true, as: "json" } satisfies GetSecretOptions;
    expectTypeOf(() => getSecret("x", options)).returns.toEqualTypeOf<Perhaps<unknown>>();
    const wide: { optional: boolean } = { optional: true };
    expectTypeOf(() => getSecret("x", wide)).returns.toEqualTypeOf<Perhaps<string>>();
    const whole: { optional?: boolean } = {};
    expectTypeOf(() => getSecret("x", whole)).returns.toEqualTypeOf<Perhaps<string>>();
  });

  test("`as: As` may be any", () => {
    const read = () => getSecret("x", { as: unknownAs });
    expectTypeOf(read).returns.resolves.toHaveProperty("reveal").returns.toEqualTypeOf<unknown>();
    const textOrBytes: "text" | "bytes" = "text" as "text" | "bytes";
    const either = () => getSecret("x", { as: textOrBytes });
    expectTypeOf(either).returns.resolves.toHaveProperty("reveal").returns.toEqualTypeOf<string | Uint8Array>();
    expectTypeOf(() => getSecret("x", { as: maybeAs }))
      .returns.resolves.toHaveProperty("reveal")
      .returns.toBeUnknown();
  });

  test("a schema that is there or not gives its output or text", () => {
    const read = () => getSecret("x", { schema: maybeSchema });
    expectTypeOf(read).returns.resolves.toHaveProperty("reveal").returns.toEqualTypeOf<number | string>();
    expectTypeOf(() => getSecret("x", { schema: anySchema })).returns.toEqualTypeOf<Found<unknown>>();
  });

  test("options of their full type give everything", () => {
    const read = (options: GetSecretOptions) => getSecret("x", options);
    expectTypeOf(read).returns.resolves.toEqualTypeOf<Secret<unknown> | undefined>();
  });
});

test("what is no option is refused by the types", () => {
  const refused = () => {
    // @ts-expect-error a typing mistake
    void getSecret("x", { shema: Db });
    // @ts-expect-error no such kind
    void getSecret("x", { as: "xml" });
    // @ts-expect-error no schema
    void getSecret("x", { schema: { type: "object" } });
    // @ts-expect-error no such stage
    void getSecret("x", { version: "latest" });
    // @ts-expect-error an id is text
    void getSecret("x", { version: { id: 7 } });
    // @ts-expect-error no boolean
    void getSecret("x", { optional: "yes" });
    // @ts-expect-error a controller is no signal
    void getSecret("x", { signal: new AbortController() });
    // @ts-expect-error a ttl is the instance's
    void getSecret("x", { ttl: "5m" });
    // @ts-expect-error a name is needed
    void getSecret();
    // @ts-expect-error a name is text
    void getSecret(7);
  };
  expectTypeOf(refused).returns.toBeVoid();
});

test("a revealed value cannot be reached without reveal()", () => {
  expectTypeOf<Secret<string>>().not.toMatchTypeOf<string>();
  expectTypeOf<Secret<string>>().not.toHaveProperty("value");
  expectTypeOf<Secret<{ user: string }>>().not.toHaveProperty("user");
  expectTypeOf<Secret<string>["reveal"]>().returns.toBeString();
  expectTypeOf<Secret<string>["version"]>().toEqualTypeOf<string | undefined>();
});
