import type { SecretRecord } from "../source/secret-record.ts";
import type { SecretRef } from "../source/secret-ref.ts";
import type { SecretSource, SourceBatch } from "../source/secret-source.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import { type AttemptLimits, attempt } from "./attempt.ts";
import { checkAnswer, isFailure } from "./check-answer.ts";

/** One `read`, its answer checked. */
export async function attemptRead(
  source: SecretSource,
  ref: SecretRef,
  limits: AttemptLimits,
): Promise<SecretRecord | SourceFailure> {
  const outcome = await attempt(source, (context) => source.read(ref, context), limits);
  return outcome.failure === undefined ? checkAnswer(outcome.value) : outcome;
}

/** One `batch.read`: an answer per ref, in order, or the failure of the request as a whole. */
export async function attemptBatch(
  source: SecretSource,
  batch: SourceBatch,
  refs: readonly SecretRef[],
  limits: AttemptLimits,
): Promise<readonly (SecretRecord | SourceFailure | "alone")[] | SourceFailure> {
  const outcome = await attempt(source, (context) => batch.read(refs, context), limits);
  if (outcome.failure !== undefined) return outcome;
  const answers: unknown = outcome.value;
  if (Array.isArray(answers) && answers.length === refs.length) {
    return answers.map((answer) => (answer === "alone" ? answer : checkAnswer(answer)));
  }
  const failure = checkAnswer(answers);
  if (isFailure(failure) && failure.failure !== "unknown") return failure;
  return { failure: "unknown", advice: "The source's batch did not answer with one item per ref." };
}
