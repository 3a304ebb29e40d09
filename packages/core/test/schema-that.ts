import type { StandardSchemaV1 } from "@standard-schema/spec";

/** A Standard Schema of nobody's library; it is asked exactly once per validation. */
export function schemaThat<Output = unknown>(validate: (value: unknown) => unknown): StandardSchemaV1<unknown, Output> {
  type Validate = StandardSchemaV1<unknown, Output>["~standard"]["validate"];
  return { "~standard": { version: 1, vendor: "test", validate: validate as Validate } };
}
