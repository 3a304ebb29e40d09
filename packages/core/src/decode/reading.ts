import type { StandardSchemaV1 } from "@standard-schema/spec";

/** What a payload is to be read as. */
export type As = "text" | "json" | "bytes";

/** How a caller wants a record's payload: decoded, then narrowed to a field, then validated. */
export interface Reading {
  readonly as: As | undefined;
  readonly field: string | undefined;
  readonly schema: StandardSchemaV1 | undefined;
}

export const plainText: Reading = Object.freeze({ as: undefined, field: undefined, schema: undefined });
