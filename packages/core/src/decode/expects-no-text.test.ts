import type { StandardSchemaV1 } from "@standard-schema/spec";
import { type } from "arktype";
import * as v from "valibot";
import { expect, test } from "vitest";
import { z } from "zod";
import { virtualClock } from "../testing/virtual-clock.ts";
import { validate } from "./validate.ts";

const hint = " Convert it.";

async function adviceFor(schema: StandardSchemaV1): Promise<string> {
  return validate(schema, "x", virtualClock(), hint).then(String, (error) => error.advice);
}

test.each<[string, StandardSchemaV1]>([
  ["zod: number", z.number()],
  ["zod: coerced number", z.coerce.number()],
  ["zod: nullable number", z.number().nullable()],
  ["zod: boolean", z.boolean()],
  ["zod: coerced date", z.coerce.date()],
  ["zod: literal number", z.literal(5)],
  ["zod: number or boolean", z.union([z.number(), z.boolean()])],
  ["zod: object", z.object({ a: z.string() })],
  ["valibot: number", v.number()],
  ["valibot: date", v.date()],
  ["valibot: literal number", v.literal(5)],
  ["valibot: number or boolean", v.union([v.number(), v.boolean()])],
  ["valibot: to a number", v.pipe(v.string(), v.toNumber())],
  ["arktype: number", type("number")],
  ["arktype: date", type("Date")],
  ["arktype: literal number", type("5")],
  [
    "another library",
    { "~standard": { version: 1, vendor: "other", validate: () => ({ issues: [{ message: "no" }] }) } },
  ],
])("text is the wrong kind for %s", async (_what, schema) => {
  expect(await adviceFor(schema)).toMatch(/^The schema refused it: .*\. Convert it\.$/);
});

test.each<[string, StandardSchemaV1]>([
  ["zod: enum", z.enum(["a", "b"])],
  ["zod: literal", z.literal("a")],
  ["zod: literals", z.union([z.literal("a"), z.literal("b")])],
  ["zod: a text or a number", z.union([z.literal("a"), z.number()])],
  ["zod: true or false in words", z.stringbool()],
  ["zod: url", z.url()],
  ["zod: longer", z.string().min(5)],
  ["zod: refined", z.string().refine(() => false)],
  ["valibot: picklist", v.picklist(["a", "b"])],
  ["valibot: literal", v.literal("a")],
  ["valibot: enum", v.enum({ A: "a" })],
  ["valibot: literals", v.union([v.literal("a"), v.literal("b")])],
  [
    "valibot: check",
    v.pipe(
      v.string(),
      v.check(() => false),
    ),
  ],
  ["arktype: one of two", type("'a'|'b'")],
  ["arktype: literal", type("'a'")],
  ["arktype: url", type("string.url")],
])("text is the right kind for %s", async (_what, schema) => {
  expect(await adviceFor(schema)).toMatch(/^The schema refused it: [^.]*\.$/);
});
