import { expect, test } from "vitest";
import { SecretsError } from "../src/errors/secrets-error.ts";
import { refusal } from "./outcomes.ts";
import { scriptedInstance } from "./scripted-instance.ts";

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
