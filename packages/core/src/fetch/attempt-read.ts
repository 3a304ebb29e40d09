import type { SecretRecord } from "../source/secret-record.ts";
import type { SecretRef } from "../source/secret-ref.ts";
import type { SecretSource, SourceBatch } from "../source/secret-source.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import { type AttemptLimits, attempt } from "./attempt.ts";
import { checkAnswer, isFailure } from "./check-answer.ts";

type BatchAnswer = readonly (SecretRecord | SourceFailure | "alone")[] | SourceFailure;

/** One `read`, its answer checked. */
export function attemptRead(
  source: SecretSource,
  ref: SecretRef,
  limits: AttemptLimits,
): Promise<SecretRecord | SourceFailure> {
  return attempt(source, "read", (context) => source.read(ref, context), checkAnswer, limits);
}

/** One `batch.read`: an answer per ref, in order, or the failure of the request as a whole. */
export function attemptBatch(
  source: SecretSource,
  batch: SourceBatch,
  refs: readonly SecretRef[],
  limits: AttemptLimits,
): Promise<BatchAnswer> {
  const check = (answer: unknown) => checkBatch(answer, refs.length);
  return attempt(source, "batch", (context) => batch.read(refs, context), check, limits);
}

function checkBatch(given: unknown, length: number): BatchAnswer {
  const answers = listOf(given, length);
  if (answers !== undefined) return answers.map((answer) => (answer === "alone" ? answer : checkAnswer(answer)));
  const failure = checkAnswer(given);
  if (isFailure(failure) && saysFailure(given)) return failure;
  return { failure: "unknown", advice: "The source's batch did not answer with one item per ref." };
}

/** A failure of the source's own, `unknown` as well; anything else that {@link checkAnswer} has refused is no list. */
function saysFailure(given: unknown): boolean {
  try {
    return (given as Partial<SourceFailure>).failure !== undefined;
  } catch {
    // Nothing at all, or what throws when it is read.
    return false;
  }
}

/** A list of that length, copied; undefined for everything else, also where reading it throws. */
function listOf(answers: unknown, length: number): unknown[] | undefined {
  try {
    if (!Array.isArray(answers) || answers.length !== length) return undefined;
    return Array.from({ length }, (_, index) => answers[index]);
  } catch {
    // What a getter throws may quote a value.
    return undefined;
  }
}
