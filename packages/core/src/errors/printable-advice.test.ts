import { expect, test } from "vitest";
import { printableAdvice } from "./printable-advice.ts";

test.each([
  ["plain", "Grant secretsmanager:GetSecretValue.", "Grant secretsmanager:GetSecretValue."],
  ["letters of any script, and quotes", '"Schlüssel" für 鍵 prüfen', '"Schlüssel" für 鍵 prüfen'],
  ["line breaks of every kind", "a\r\nb\u2028c\u2029d\u0085e\vf", "a b c d e f"],
  ["a forged line of a log", "Try again.\n2026-01-01 INFO all is well", "Try again. 2026-01-01 INFO all is well"],
  ["colours, bells and NUL", "a\u001b[31mb\u0007c\0d", "a [31mb c d"],
  ["bidirectional overrides and zero widths", "a\u202eb\u200bc\u2066d", "a b c d"],
  ["blanks around", "  a  \t b\n", "a b"],
  ["nothing", "\n", ""],
])("%s", (_what, text, printed) => {
  expect(printableAdvice(text)).toBe(printed);
});

test("is no longer than a thousand characters, whatever it is made of", () => {
  expect(printableAdvice("x".repeat(1000))).toBe("x".repeat(1000));
  for (const text of ["x".repeat(1001), "x ".repeat(10_000), `${"x".repeat(999)}\n${"y".repeat(5000)}`]) {
    const printed = printableAdvice(text);
    expect(printed.length).toBeLessThanOrEqual(1001);
    expect(printed.endsWith("…")).toBe(true);
  }
  expect(printableAdvice("\n".repeat(10_000_000))).toBe("…");
});
