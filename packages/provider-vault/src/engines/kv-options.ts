import { invalidOptions } from "@secretsource/core/source-kit";
import { segmentsOf } from "../connection/segments.ts";
import type { WithConnection } from "../connection/with-connection.ts";
import { textOr } from "../options/checks.ts";

export interface VaultKvOptions extends WithConnection {
  /** Where the engine is mounted. Default: `secret`. */
  readonly mount?: string | undefined;
  /**
   * The engine's version. Default: asked of the server at the first read; the source then promises what version 2 can,
   * and answers `unsupported` where the engine turns out to be version 1.
   */
  readonly version?: 1 | 2 | undefined;
  /**
   * The field whose value is the payload, for secrets that hold one value: a text as it is, anything else as JSON. A
   * secret without it is `field-not-found`. Default: all fields, as JSON text.
   */
  readonly field?: string | undefined;
}

export const kvOptionNames = ["mount", "version", "field"] as const;

export interface KvSettings {
  readonly mount: readonly string[];
  readonly version: 1 | 2 | undefined;
  readonly field: string | undefined;
}

/** @throws SecretsError `invalid-options` */
export function kvSettings(given: Partial<Record<(typeof kvOptionNames)[number], unknown>>): KvSettings {
  const { version } = given;
  if (version !== undefined && version !== 1 && version !== 2) return invalidOptions("`version` must be 1 or 2.");
  return {
    mount: segmentsOf(textOr(given.mount, "`mount` of vaultKv") ?? "secret"),
    version,
    field: textOr(given.field, "`field` of vaultKv"),
  };
}
