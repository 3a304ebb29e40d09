import { type } from "arktype";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { issueReason } from "./issue-reason.ts";

const input = {
  port: "hunter2",
  list: [{ key: 7 }],
  none: null,
  flag: true,
  bytes: new Uint8Array(2),
};

test.each<[string, PropertyKey[], string]>([
  ["text", ["port"], '"port" (a string) is not valid'],
  ["a number in a list", ["list", 0, "key"], '"list.0.key" (a number) is not valid'],
  ["an object", ["list", 0], '"list.0" (an object) is not valid'],
  ["a list", ["list"], '"list" (an array) is not valid'],
  ["null", ["none"], '"none" (null) is not valid'],
  ["a boolean", ["flag"], '"flag" (a boolean) is not valid'],
  ["bytes", ["bytes"], '"bytes" (bytes) is not valid'],
  ["the whole", [], "the value (an object) is not valid"],
  ["a key that is not there", ["user"], '"user" is missing'],
  ["a key below one that is not there", ["db", "user"], '"db.user" is missing'],
  ["what is only inherited", ["toString"], '"toString" is missing'],
  ["a symbol", [Symbol("hunter2")], '"?" is missing'],
])("says where and why for %s", (_what, path, reason) => {
  expect(issueReason("test", input, { message: "hunter2 is wrong", path })).toBe(reason);
});

test("takes paths of objects with a key, as the specification allows", () => {
  const path = [{ key: "list" }, { key: 0 }];
  expect(issueReason("test", input, { message: "", path })).toBe('"list.0" (an object) is not valid');
});

test("without a path the whole value is meant", () => {
  expect(issueReason("test", "hunter2", { message: "hunter2" })).toBe("the value (a string) is not valid");
});

test("an empty path of arktype is empty", () => {
  const result = type("string <= 3")["~standard"].validate("hunter2");
  const [issue] = (result as { issues: readonly [never] }).issues;
  expect(issueReason("arktype", "hunter2", issue)).toBe("the value (a string) is not valid [maxLength]");
});

test("an endless path is cut", () => {
  const path = Array.from({ length: 10_000 }, () => "a");
  expect(issueReason("test", {}, { message: "", path }).length).toBeLessThan(100);
});

describe("pieces of a value are not taken for keys", () => {
  test.each<[string, unknown, PropertyKey[]]>([
    ["text", "user=hunter2", ["hunter2"]],
    ["text below a field", { dsn: "app:hunter2@db" }, ["dsn", "hunter2"]],
    ["text below a piece", { dsn: "app:hunter2@db" }, ["dsn", "app", "hunter2"]],
    ["bytes", Buffer.from("app:hunter2"), ["hunter2"]],
    ["text beside the place", { dsn: "app:hunter2@db" }, ["hunter2"]],
    ["text far below the place", { db: [{ dsn: "hunter2" }] }, ["hunter2", "user"]],
  ])("of %s", (_what, whole, path) => {
    const reason = issueReason("test", whole, { message: "", path });
    expect(reason).not.toContain("hunter2");
    expect(reason).toContain("?");
  });

  test("but what is a part of a word is called missing by its name", () => {
    expect(issueReason("test", { url: "localhost" }, { message: "", path: ["host"] })).toBe('"host" is missing');
  });

  test("of a number", () => {
    expect(issueReason("test", { pin: 4711 }, { message: "", path: ["pin", 4711] })).toBe('"pin.?" is missing');
  });
});

describe("a vendor's own word", () => {
  const issue = { message: "hunter2", path: ["port"], code: "too_small" };

  test.each(["zod", "valibot", "arktype"])("is shown for %s", (vendor) => {
    expect(issueReason(vendor, input, issue)).toBe('"port" (a string) is not valid [too_small]');
  });

  test.each(["test", "", undefined, 7])("is not trusted from %s", (vendor) => {
    expect(issueReason(vendor, input, issue)).toBe('"port" (a string) is not valid');
  });

  test.each(["hunter2", "hunter", "a sentence", "A", "x".repeat(41), 7, null])("is no word if it is %j", (code) => {
    expect(issueReason("zod", { port: "hunter" }, { ...issue, code } as never)).toBe('"port" (a string) is not valid');
  });
});

test.each([
  ["zod", z.object({ port: z.number() }), "invalid_type"],
  ["valibot", v.object({ port: v.number() }), "number"],
  ["arktype", type({ port: "number" }), "domain"],
])("%s quotes the input in its message and not in our reason", async (vendor, schema, word) => {
  const given = { port: "hunter2" };
  const result = await schema["~standard"].validate(given);
  const [issue] = result.issues ?? [];
  if (issue === undefined) throw new Error("it was accepted");
  expect(schema["~standard"].vendor).toBe(vendor);
  expect(issueReason(vendor, given, issue)).toBe(`"port" (a string) is not valid [${word}]`);
});
