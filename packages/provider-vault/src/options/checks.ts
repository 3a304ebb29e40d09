import { invalidOptions } from "@secretsource/core/source-kit";

/** A text that is not empty; undefined stays undefined. */
export function textOr(value: unknown, what: string): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === "string" && value !== ""
    ? value
    : invalidOptions(`${what} must be a text that is not empty.`);
}

export function requiredText(value: unknown, what: string): string {
  return textOr(value, what) ?? invalidOptions(`${what} is missing.`);
}

export function booleanOr(value: unknown, otherwise: boolean, what: string): boolean {
  if (value === undefined) return otherwise;
  return typeof value === "boolean" ? value : invalidOptions(`${what} must be true or false.`);
}

export function bytesOr(value: unknown, otherwise: number, what: string): number {
  if (value === undefined) return otherwise;
  return Number.isSafeInteger(value) && (value as number) > 0
    ? (value as number)
    : invalidOptions(`${what} must be a whole number of bytes above 0.`);
}

// What a header can bear. A line end in a token would begin a header of its own.
const headerText = /^[\x21-\x7e]+$/;

/** A text that can stand in a header; undefined stays undefined. */
export function headerTextOr(value: unknown, what: string): string | undefined {
  const text = textOr(value, what);
  if (text === undefined || headerText.test(text)) return text;
  return invalidOptions(`${what} must be visible ASCII characters without blanks: is there a line end at its end?`);
}

export function isHeaderText(text: string): boolean {
  return headerText.test(text);
}
