import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { As } from "../decode/reading.ts";
import type { Secret } from "../secret/secret.ts";

type Decoded<Kind extends As | undefined> = Kind extends "bytes" ? Uint8Array : Kind extends "json" ? unknown : string;

/** What `reveal()` gives: the schema's output, or what `as` says. Distributes where a literal is not known. */
export type SecretValue<Schema, Kind extends As | undefined> = Schema extends StandardSchemaV1
  ? StandardSchemaV1.InferOutput<Schema>
  : Decoded<Kind>;

/** What `getSecret` resolves to: with `optional` true, or not known to be false, undefined is possible. */
export type SecretResult<Schema, Kind extends As | undefined, Optional> =
  | Secret<SecretValue<Schema, Kind>>
  | (Optional extends true ? undefined : never);
