import { describe, expect, test } from "vitest";
import { z } from "zod";
import { failureCodes } from "../src/errors/error-code.ts";
import { isPending, refusal, within } from "./outcomes.ts";
import { scriptedInstance } from "./scripted-instance.ts";
import { hangs } from "./scripted-source.ts";

const never = failureCodes.filter((code) => code !== "not-found" && code !== "version-not-found");

describe("absent is not failed: with `optional`", () => {
  test("a secret that does not exist is undefined", async () => {
    const { secrets, clock } = scriptedInstance({ failure: "not-found" });
    expect(await secrets.getSecret("db", { optional: true })).toBeUndefined();
    clock.assertIdle();
  });

  test("an existing one is there", async () => {
    const { secrets } = scriptedInstance("value");
    expect((await secrets.getSecret("db", { optional: true }))?.reveal()).toBe("value");
  });

  test("an empty one is there, and empty", async () => {
    const { secrets } = scriptedInstance("");
    expect((await secrets.getSecret("db", { optional: true }))?.reveal()).toBe("");
  });

  test.each(["previous", { id: "7" }, { label: "blue" }, "current"] as const)(
    "a version that does not exist is undefined where %j was asked for",
    async (version) => {
      const { secrets } = scriptedInstance({ failure: "version-not-found" });
      expect(await secrets.getSecret("db", { optional: true, version })).toBeUndefined();
    },
  );

  test("a version that does not exist is an error where none was asked for", async () => {
    const { secrets } = scriptedInstance({ failure: "version-not-found" });
    expect(await refusal(secrets.getSecret("db", { optional: true }))).toMatchObject({ code: "version-not-found" });
  });

  test.each(never)("%s stays an error", async (failure) => {
    const { secrets, clock } = scriptedInstance({ failure });
    const read = secrets.getSecret("db", { optional: true, version: "previous" });
    expect(await refusal(within(clock, "10s", read))).toMatchObject({ code: failure, secretName: "db" });
    clock.assertIdle();
  });

  test.each<[string, string, object]>([
    ["field-not-found", '{"a":"b"}', { field: "user" }],
    ["decode-failed", "{broken", { as: "json" }],
    ["validation-failed", "{}", { schema: z.object({ user: z.string() }) }],
  ])("%s of an existing secret stays an error", async (code, payload, options) => {
    const { secrets } = scriptedInstance(payload);
    expect(await refusal(secrets.getSecret("db", { ...options, optional: true }))).toMatchObject({ code });
  });

  test("a store that does not answer is no absence", async () => {
    const { secrets, clock } = scriptedInstance(hangs);
    const read = secrets.getSecret("db", { optional: true });
    await clock.advance("1s");
    expect(await isPending(read)).toBe(true);
    expect(await refusal(within(clock, "10s", read))).toMatchObject({ code: "timeout" });
  });
});

test.each([undefined, false])("with `optional: %s` absence is an error that says so", async (optional) => {
  const { secrets } = scriptedInstance({ failure: "not-found" });
  const error = await refusal(secrets.getSecret("prod/db", { optional }));
  expect(error).toMatchObject({ code: "not-found", secretName: "prod/db", source: "scripted", retryable: false });
  expect(error.message).toBe('The secret does not exist (secret "prod/db", source "scripted").');
});

test("those who need it and those who do not share one call", async () => {
  const { secrets, source } = scriptedInstance({ failure: "not-found" });
  const required = refusal(secrets.getSecret("db"));
  const optional = secrets.getSecret("db", { optional: true });
  expect(await required).toMatchObject({ code: "not-found" });
  expect(await optional).toBeUndefined();
  expect(source.calls).toHaveLength(1);
});
