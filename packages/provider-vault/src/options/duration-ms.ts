import { parseDuration } from "@secretsource/core/source-kit";

/** Milliseconds of a duration; undefined stays undefined. @throws SecretsError `invalid-options` */
export function durationMs(value: unknown, setting: string): number | undefined {
  return value === undefined ? undefined : parseDuration(value, setting);
}
