import type { StandardSchemaV1 } from "@standard-schema/spec";
import { type } from "arktype";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { isPending, refusal, within } from "./outcomes.ts";
import { schemaThat } from "./schema-that.ts";
import { scriptedInstance } from "./scripted-instance.ts";
import { hangs } from "./scripted-source.ts";

function fails(): never {
  throw new Error("hunter2 is wrong");
}

describe("a schema that throws is a refusal without its words:", () => {
  test.each([
    ["at once", schemaThat(fails)],
    ["later", schemaThat(async () => fails())],
    ["in a transform of zod", z.string().transform(fails)],
    ["in a rule of zod", z.string().refine(fails)],
    ["in a transform of valibot", v.pipe(v.string(), v.transform(fails))],
    ["in a transform of arktype", type("string").pipe(fails)],
  ])("%s", async (_when, schema) => {
    const { secrets, source } = scriptedInstance("hunter2");
    const error = await refusal(secrets.getSecret("db", { schema }));
    expect(error).toMatchObject({ code: "validation-failed", secretName: "db", retryable: false });
    expect(error.advice).toContain("The schema threw instead of answering.");
    expect(error.stack).not.toContain("hunter2");
    expect(error.cause).toBeUndefined();
    expect(source.calls).toHaveLength(1);
  });
});

describe("a schema that hangs", () => {
  test("is waited for 10 s", async () => {
    const { secrets, clock } = scriptedInstance("value");
    const read = secrets.getSecret("db", { schema: z.string().transform(hangs) });
    read.catch(() => {});
    await clock.advance(9999);
    expect(await isPending(read)).toBe(true);
    const error = await refusal(within(clock, "1ms", read));
    expect(error).toMatchObject({ code: "validation-failed", source: "scripted", secretName: "db" });
    expect(error.advice).toContain("did not finish within 10 s");
    clock.assertIdle();
  });

  test("holds nobody else up", async () => {
    const { secrets, source } = scriptedInstance("value");
    secrets.getSecret("db", { schema: z.string().transform(hangs) }).catch(() => {});
    expect((await secrets.getSecret("db")).reveal()).toBe("value");
    expect((await secrets.getSecret("db", { schema: z.string() })).reveal()).toBe("value");
    expect(source.calls).toHaveLength(1);
  });

  test("is asked again by the next reader", async () => {
    const { secrets, clock, source } = scriptedInstance("value");
    let asked = 0;
    const schema = schemaThat(() => {
      asked += 1;
      return asked === 1 ? hangs() : { value: "good" };
    });
    await refusal(within(clock, "10s", secrets.getSecret("db", { schema })));
    expect((await secrets.getSecret("db", { schema })).reveal()).toBe("good");
    expect(source.calls).toHaveLength(1);
  });

  test("is asked once by all who wait", async () => {
    const { secrets } = scriptedInstance("value");
    let asked = 0;
    const schema = schemaThat(async (value) => {
      asked += 1;
      return { value };
    });
    await Promise.all(Array.from({ length: 100 }, () => secrets.getSecret("db", { schema })));
    expect(asked).toBe(1);
  });
});

describe("what is no Standard Schema is refused before the store is asked:", () => {
  const later = { "~standard": { version: 2, vendor: "later", validate: (value: unknown) => ({ value }) } };
  const broken = {
    get "~standard"(): never {
      return fails();
    },
  };
  test.each<[string, unknown]>([
    ["null", null],
    ["text", "string"],
    ["a function", (value: unknown) => value],
    ["an empty object", {}],
    ["a JSON schema", { type: "object", properties: {} }],
    ["a later version of the specification", later],
    ["a schema without validate", { "~standard": { version: 1, vendor: "x" } }],
    ["a getter that throws", broken],
  ])("%s", async (_what, schema) => {
    const { secrets, source } = scriptedInstance("value");
    const error = await refusal(secrets.getSecret("db", { schema: schema as StandardSchemaV1 }));
    expect(error.code).toBe("invalid-options");
    expect(error.advice).toContain("`schema` must be a Standard Schema");
    expect(error.stack).not.toContain("hunter2");
    expect(source.calls).toEqual([]);
  });
});
