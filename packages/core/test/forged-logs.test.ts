import { expect, test } from "vitest";
import { createSecrets } from "../src/client/create-secrets.ts";
import { SecretsError } from "../src/errors/secrets-error.ts";
import { virtualClock } from "../src/testing/virtual-clock.ts";
import { refusal } from "./outcomes.ts";
import { scriptedInstance } from "./scripted-instance.ts";
import { scriptedSource } from "./scripted-source.ts";

test("a source's advice stands in a message as one line, however it was written", async () => {
  const advice = `Ask the owner.\r\n2026-01-01 INFO login of root\u2028\u001b[2K${"x".repeat(100_000)}`;
  const { secrets } = scriptedInstance({ failure: "access-denied", advice });
  const error = await refusal(secrets.getSecret("db"));
  for (const text of [error.message, error.advice ?? ""]) {
    expect(text).toContain("Ask the owner. 2026-01-01 INFO login of root");
    expect(text).not.toMatch(/[\p{Cc}\u2028]/u);
    expect(text.length).toBeLessThan(1300);
  }
});

test("also that of an error which somebody made by himself", () => {
  expect(new SecretsError({ code: "unknown", advice: "a\nb" }).message.split("\n")).toHaveLength(1);
});

const forged = "7\n2026-01-01 INFO login of root";

test.each([
  ["a line end", forged],
  ["an escape sequence", "\u001b[2K7"],
  ["a C1 control", "7\u0085"],
  ["half a character", "\ud800"],
  ["2,049 characters", "7".repeat(2049)],
])("a version with %s, which would go into logs, is none", async (_what, version) => {
  const { secrets } = scriptedInstance({ payload: "value", version });
  const heard: unknown[] = [];
  secrets.on((event) => heard.push(event));
  const error = await refusal(secrets.getSecret("db"));
  expect(error).toMatchObject({ code: "unknown", advice: expect.stringContaining("`version`") });
  expect(JSON.stringify([heard, secrets.status(), error.message])).not.toContain(JSON.stringify(version).slice(1, -1));
});

test("nor is one that a probe gives", async () => {
  const clock = virtualClock();
  const source = scriptedSource({ payload: "value", version: "1" }, { clock });
  const probe = async () => ({ version: forged });
  const secrets = createSecrets({ source: { ...source, probe }, clock, ttl: "10s" });
  const heard: unknown[] = [];
  secrets.on((event) => heard.push(event));
  await secrets.watchSecret("db");
  await clock.advance("12s");
  expect(heard).toContainEqual(expect.objectContaining({ type: "refresh-failed", code: "unknown" }));
  expect(JSON.stringify([heard, secrets.status()])).not.toContain("INFO");
  await secrets.close();
});

test.each([
  ["an id", { id: forged }],
  ["a label", { label: forged }],
  ["half a character", { id: "\ud800" }],
  ["a long label", { label: "x".repeat(2049) }],
])("nor is one that a caller asks for, as %s", async (_what, version) => {
  const { secrets, source } = scriptedInstance("value");
  const error = await refusal(secrets.getSecret("db", { version }));
  expect(error).toMatchObject({ code: "invalid-options" });
  expect(error.message).not.toContain("INFO");
  expect(source.calls).toEqual([]);
});
