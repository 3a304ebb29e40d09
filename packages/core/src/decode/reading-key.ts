import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { Reading } from "./reading.ts";

let schemas = 0;
const numbers = new WeakMap<StandardSchemaV1, number>();

/** The same for two readings exactly if they give the same value. Holds nothing: a schema has a number. */
export function readingKey({ as, field, schema }: Reading): string {
  const which = schema === undefined ? "" : numberOf(schema);
  return `${as ?? ""}\0${which}\0${field === undefined ? "" : `.${field}`}`;
}

function numberOf(schema: StandardSchemaV1): number {
  const known = numbers.get(schema);
  if (known !== undefined) return known;
  schemas += 1;
  numbers.set(schema, schemas);
  return schemas;
}
