import { describe, expect, test } from "vitest";
import { failureCodes, libraryCodes } from "./error-code.ts";
import { messageOf } from "./message-of.ts";

const codes = [...failureCodes, ...libraryCodes];

test.each(codes)("%s has a sentence of its own", (code) => {
  const message = messageOf({ code });
  expect(message).toMatch(/^[A-Z][^.\n]{15,}\.$/);
  expect(codes.filter((other) => messageOf({ code: other }) === message)).toEqual([code]);
});

test("no code stands in both lists", () => {
  expect(new Set(codes).size).toBe(codes.length);
});

describe("what else stands in it", () => {
  test("names, attempts and advice, in this order", () => {
    const about = { code: "access-denied", source: "aws", secretName: "prod/db", attempts: 3 } as const;
    expect(messageOf({ ...about, advice: "Grant `secretsmanager:GetSecretValue`." })).toBe(
      'The store denied access to the secret (secret "prod/db", source "aws", after 3 attempts). ' +
        "Grant `secretsmanager:GetSecretValue`.",
    );
  });

  test("each of them alone", () => {
    expect(messageOf({ code: "closed", source: "aws" })).toBe('This instance is closed (source "aws").');
    expect(messageOf({ code: "closed", secretName: "" })).toBe('This instance is closed (secret "").');
    expect(messageOf({ code: "closed", advice: "Make a new one." })).toBe("This instance is closed. Make a new one.");
    expect(messageOf({ code: "closed", attempts: 2 })).toBe("This instance is closed (after 2 attempts).");
  });

  test.each([0, 1])("attempts are not mentioned when there were %d", (attempts) => {
    expect(messageOf({ code: "closed", attempts })).toBe("This instance is closed.");
  });

  test("names cannot break the line or pretend to be something else", () => {
    const message = messageOf({ code: "not-found", secretName: 'a"\n\u202eb', source: `s${"x".repeat(5000)}` });
    expect(message).toContain('(secret "a\\"\\n\\u202eb", source "sxxx');
    expect(message).toContain("(5001 characters)");
    expect(message.length).toBeLessThan(400);
    expect(message).not.toMatch(/[\n\u202e]/);
  });
});
