import type { SecretsErrorCode } from "../errors/error-code.ts";
import type { SourceFailure } from "../source/source-failure.ts";

/** Why there is no good new answer: a source's failure, or our own refusal of what it gave. */
export interface Setback extends Omit<SourceFailure, "failure"> {
  readonly failure: SecretsErrorCode;
}
