import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { As } from "../decode/reading.ts";
import type { VersionSelector } from "../source/secret-ref.ts";
import type { Duration } from "../time/duration.ts";

/** How one secret is read. Each option has a type parameter of its own, so that the result's type follows it. */
export interface GetSecretOptions<
  Schema extends StandardSchemaV1 | undefined = StandardSchemaV1 | undefined,
  Kind extends As | undefined = As | undefined,
  Optional extends boolean | undefined = boolean | undefined,
> {
  /** Any Standard Schema (zod, valibot, arktype, ...), asynchronous ones too (10 s). The value is its output. */
  readonly schema?: Schema;
  /**
   * What the payload is decoded as. Default: text; with a `schema` or a `field`, a payload that parses as a JSON object
   * or array is JSON, any other is text.
   */
  readonly as?: Kind;
  /** A literal key of the payload's top level. Without `as: "json"` or a schema the field must be text. */
  readonly field?: string | undefined;
  /** A stage, `{ id }` or `{ label }`. Default: `"current"`. */
  readonly version?: VersionSelector | undefined;
  /**
   * True: undefined instead of a `not-found` error (or `version-not-found`, where a version was asked for). No other
   * failure is ever turned into undefined.
   */
  readonly optional?: Optional;
  /** Ends this caller's wait with `aborted`. Others who wait for the same secret are not touched. */
  readonly signal?: AbortSignal | undefined;
  /** The oldest value that this call takes; an answer less than 1 s old always does. Only narrows the instance's `ttl`. */
  readonly maxAge?: Duration | undefined;
  /** True: asks the store now; joins a read that is under way, or takes an answer at most 1 s old. Default: false. */
  readonly refresh?: boolean | undefined;
  /** Which of the instance's sources, by name. Default: the instance's default source. */
  readonly source?: string | undefined;
}
