import type { SourceFailure } from "@secretsource/core/source";

export type JsonObject = Readonly<Record<string, unknown>>;

/** The object that an answer is, or that stands at `key` in it; undefined for anything else. */
export function jsonObject(text: string, key?: string): JsonObject | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    const object = key === undefined ? parsed : (parsed as JsonObject | null)?.[key];
    return typeof object === "object" && object !== null ? (object as JsonObject) : undefined;
  } catch {
    // What it threw quotes the value.
    return undefined;
  }
}

/** The extension says null where there is nothing. */
export function textAt(object: JsonObject, key: string): string | undefined {
  const value = object[key];
  return typeof value === "string" ? value : undefined;
}

/** A date as the agent writes it (seconds, in quotes), or the extension (ISO 8601). */
export function dateAt(object: JsonObject, key: string): Date | undefined {
  const value = object[key];
  const date = new Date(isSeconds(value) ? Number(value) * 1000 : typeof value === "string" ? value : Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function isSeconds(value: unknown): boolean {
  return typeof value === "number" || (typeof value === "string" && /^\d{1,12}(?:\.\d{1,9})?$/.test(value));
}

export const noJson: SourceFailure = {
  failure: "payload-corrupt",
  advice: "What the agent answered is none of its answers: does something else listen at the port?",
};
