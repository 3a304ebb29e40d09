import type { SourceFailure } from "@secretsource/core/source";

export function isFailure(answer: unknown): answer is SourceFailure {
  return typeof answer === "object" && answer !== null && (answer as Partial<SourceFailure>).failure !== undefined;
}
