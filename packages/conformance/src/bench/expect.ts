import { AssertionError } from "node:assert";
import type { FailureCode, SecretRecord, SourceFailure } from "@secretsource/core/source";
import { isFailure } from "./outcome.ts";

// No message of these shows a value: with a real store behind the source, it may be a real one.

export function fail(message: string): never {
  const error = new AssertionError({ message });
  // Node's own setting for its diff, which vitest would print for one.
  Reflect.deleteProperty(error, "diff");
  throw error;
}

export function expectThat(holds: boolean, message: string): void {
  if (!holds) fail(message);
}

export function expectSame(actual: unknown, expected: unknown, what: string): void {
  expectThat(Object.is(actual, expected), `${what}: ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`);
}

export function describeAnswer(answer: unknown): string {
  if (answer === "alone") return 'the answer "alone"';
  if (isFailure(answer)) return `the failure \`${answer.failure}\``;
  return typeof answer === "object" && answer !== null && "payload" in answer
    ? "a record"
    : "an answer that is neither";
}

export function expectRecord(
  answer: SecretRecord | SourceFailure | "alone" | undefined,
  what = "the read",
): SecretRecord {
  const isRecord = typeof answer === "object" && answer !== null && !isFailure(answer) && "payload" in answer;
  return isRecord ? answer : fail(`${what} gave ${describeAnswer(answer)}, not a record`);
}

export function expectFailure(answer: unknown, codes: readonly FailureCode[], what = "the read"): SourceFailure {
  if (isFailure(answer) && codes.includes(answer.failure)) return answer;
  return fail(`${what} gave ${describeAnswer(answer)}, not ${codes.map((code) => `\`${code}\``).join(" or ")}`);
}

export function expectPayload(
  answer: SecretRecord | SourceFailure | "alone" | undefined,
  expected: string | Uint8Array,
  what = "the read",
): void {
  const { payload } = expectRecord(answer, what);
  const actual = bytesOf(payload);
  const wanted = bytesOf(expected);
  if (actual.equals(wanted)) return;
  const at = wanted.findIndex((byte, index) => byte !== actual[index]);
  const where = at === -1 ? wanted.length : at;
  fail(`${what} gave ${actual.length} bytes where ${wanted.length} were put; they differ from byte ${where} on`);
}

/** Text as its UTF-8 bytes: whether a store of bytes hands out text is its own matter. */
export function bytesOf(payload: string | Uint8Array): Buffer {
  return typeof payload === "string" ? Buffer.from(payload, "utf8") : Buffer.from(payload);
}
