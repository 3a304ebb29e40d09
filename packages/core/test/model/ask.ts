import type { Elapsed } from "./elapsed.ts";
import type { Name, Stage } from "./reference.ts";

export type ModelReading = "text" | "field" | "schema" | "refusing odd versions";

/** How a reader asks. */
export interface Question {
  readonly name: Name;
  readonly stage: Stage | undefined;
  readonly reading: ModelReading;
  readonly optional: boolean;
  readonly refresh: boolean;
  readonly maxAgeMs: number | undefined;
  /** May leave before there is an answer. */
  readonly impatient: boolean;
}

/** A question that was asked. */
export interface Ask extends Question {
  readonly key: string;
  /** Without any option: may be a hit. */
  readonly plain: boolean;
  readonly asked: Elapsed;
  /** The latest sample that somebody had been given before. */
  readonly givenBefore: number | undefined;
  /** A call for it was under way. */
  readonly joins: boolean;
  /** True once it has left. */
  left: boolean;
}
