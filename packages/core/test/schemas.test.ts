import { type } from "arktype";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { refusal } from "./outcomes.ts";
import { scriptedInstance } from "./scripted-instance.ts";

const payload = '{"user":"app","port":"5432"}';
const libraries = [
  {
    name: "zod",
    accepts: z.object({ user: z.string(), port: z.string() }),
    transforms: z.object({ user: z.string(), port: z.string().transform(Number) }),
    refuses: z.object({ user: z.string(), port: z.number() }),
    refusesText: z.string().max(3),
    asynchronous: z.object({ user: z.string().refine(async (user) => user === "app"), port: z.string() }),
    refusesLater: z.object({ user: z.string().refine(async () => false), port: z.string() }),
    misses: z.object({ password: z.string() }),
  },
  {
    name: "valibot",
    accepts: v.object({ user: v.string(), port: v.string() }),
    transforms: v.object({ user: v.string(), port: v.pipe(v.string(), v.transform(Number)) }),
    refuses: v.object({ user: v.string(), port: v.number() }),
    refusesText: v.pipe(v.string(), v.maxLength(3)),
    asynchronous: v.objectAsync({
      user: v.pipeAsync(
        v.string(),
        v.checkAsync(async (user) => user === "app"),
      ),
      port: v.string(),
    }),
    refusesLater: v.objectAsync({
      user: v.pipeAsync(
        v.string(),
        v.checkAsync(async () => false),
      ),
      port: v.string(),
    }),
    misses: v.object({ password: v.string() }),
  },
  {
    name: "arktype",
    accepts: type({ user: "string", port: "string" }),
    transforms: type({ user: "string", port: "string.numeric.parse" }),
    refuses: type({ user: "string", port: "number" }),
    refusesText: type("string <= 3"),
    misses: type({ password: "string" }),
  },
] as const;

describe.each(libraries)("$name", ({ accepts, transforms, refuses, refusesText, misses }) => {
  test("accepts", async () => {
    const { secrets } = scriptedInstance(payload);
    const secret = await secrets.getSecret("db", { schema: accepts });
    expect(secret.reveal()).toEqual({ user: "app", port: "5432" });
  });

  test("transforms, once for all who pass the same schema", async () => {
    const { secrets, source } = scriptedInstance(payload);
    const secret = await secrets.getSecret("db", { schema: transforms });
    expect(secret.reveal()).toEqual({ user: "app", port: 5432 });
    expect((await secrets.getSecret("db", { schema: transforms })).reveal()).toBe(secret.reveal());
    expect(source.calls).toHaveLength(1);
  });

  test("refuses by path and reason, without the value that it quotes itself", async () => {
    const { secrets } = scriptedInstance('{"user":"app","port":"hunter2"}');
    const error = await refusal(secrets.getSecret("db", { schema: refuses }));
    expect(error).toMatchObject({ code: "validation-failed", source: "scripted", secretName: "db" });
    expect(error.advice).toContain('"port" (a string) is not valid');
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain("hunter2");
    expect(error.cause).toBeUndefined();
  });

  test("names what is missing", async () => {
    const { secrets } = scriptedInstance(payload);
    const error = await refusal(secrets.getSecret("db", { schema: misses }));
    expect(error.advice).toContain('"password" is missing');
  });

  test("refuses text, and says that it was text", async () => {
    const { secrets } = scriptedInstance("hunter2");
    const error = await refusal(secrets.getSecret("db", { schema: accepts }));
    expect(error.advice).toMatch(/the value \(a string\) is not valid.*\. The schema was given text/);
    expect(error.stack).not.toContain("hunter2");
  });

  test("refuses text for its length, and does not blame that it was text", async () => {
    const { secrets } = scriptedInstance("hunter2");
    const error = await refusal(secrets.getSecret("db", { schema: refusesText }));
    expect(error.advice).toMatch(/the value \(a string\) is not valid \[\w+\]\.$/);
    expect(error.stack).not.toContain("hunter2");
  });

  test("refuses a field", async () => {
    const { secrets } = scriptedInstance('{"token":"hunter2"}');
    const error = await refusal(secrets.getSecret("db", { field: "token", schema: refusesText }));
    expect(error.code).toBe("validation-failed");
    expect(error.stack).not.toContain("hunter2");
  });
});

describe.each(libraries.filter((one) => "asynchronous" in one))("$name", ({ asynchronous, refusesLater }) => {
  test("accepts and refuses asynchronously", async () => {
    const { secrets } = scriptedInstance(payload);
    const secret = await secrets.getSecret("db", { schema: asynchronous });
    expect(secret.reveal()).toEqual({ user: "app", port: "5432" });
    const error = await refusal(secrets.getSecret("db", { schema: refusesLater }));
    expect(error.advice).toContain('"user" (a string) is not valid');
  });
});

test("one record, several schemas: each reader has its own", async () => {
  const { secrets, source } = scriptedInstance(payload);
  const [zod, valibot] = await Promise.all([
    secrets.getSecret("db", { schema: libraries[0].transforms }),
    secrets.getSecret("db", { schema: libraries[1].accepts }),
  ]);
  expect([zod.reveal().port, valibot.reveal().port]).toEqual([5432, "5432"]);
  expect(source.calls).toHaveLength(1);
});

test("a refusal is the reader's: without the schema the secret is there", async () => {
  const { secrets, source } = scriptedInstance(payload);
  await refusal(secrets.getSecret("db", { schema: libraries[0].misses }));
  expect((await secrets.getSecret("db")).reveal()).toBe(payload);
  expect(source.calls).toHaveLength(1);
});
