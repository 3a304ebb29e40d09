import type { Duration } from "../time/duration.ts";

/** What somebody who says that a secret has changed knows of it. */
export interface HintOptions {
  /** The version that was not accepted: where another is held already, nothing is asked. */
  readonly rejected?: string | undefined;
  /** The look happens at a random moment within this time, so that a fleet that is told at once does not ask at once. */
  readonly spread?: Duration | undefined;
  /** Which of the instance's sources, by name. Default: the instance's default source. */
  readonly source?: string | undefined;
}
