import type { Duration } from "@secretsource/core";
import { invalidOptions } from "./invalid-options.ts";

const shape = /^(0|[1-9]\d{0,14})(ms|s|m|h|d)$/;
const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const longestMs = 366 * unitMs.d;

/** Milliseconds of a {@link Duration}; undefined stays undefined. */
export function durationMs(value: Duration | unknown, what: string): number | undefined {
  if (value === undefined) return undefined;
  const [, count, unit] = (typeof value === "string" ? shape.exec(value) : null) ?? [];
  const ms = count === undefined ? Number.NaN : Number(count) * unitMs[unit as keyof typeof unitMs];
  if (ms <= longestMs) return ms;
  return invalidOptions(`${what} must be a whole number with a unit, such as "30s", "5m" or "24h"; at most "366d".`);
}
