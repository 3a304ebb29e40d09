import type { SecretRecord } from "../source/secret-record.ts";
import type { SecretSource } from "../source/secret-source.ts";
import type { SourceCall } from "../source/source-call.ts";
import type { SourceContext } from "../source/source-context.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import type { Clock } from "../time/clock.ts";
import { type DeadlineOutcome, withDeadline } from "../time/with-deadline.ts";
import { checkAnswer, isFailure } from "./check-answer.ts";

const late: SourceFailure = Object.freeze({
  failure: "timeout",
  advice: "Check that the store is up, and that this machine reaches it (network, proxy, firewall).",
});
const unknownError =
  "The source threw something that its own `classify` does not know. Update the source's package, or tell its author.";

export interface AttemptLimits {
  readonly clock: Clock;
  readonly deadlineMs: number;
  /** Aborted when nobody wants the answer any more. */
  readonly signal: AbortSignal;
  readonly bypassCaches: boolean;
}

/**
 * The one place where a method of a source is called: bounded in time, and whatever escapes is named. Never rejects.
 * After an abort or the deadline the source is not asked what it was.
 *
 * @param check What the answer comes to. Does not throw.
 */
export async function attempt<Answer, Result>(
  source: SecretSource,
  method: SourceCall,
  call: (context: SourceContext) => Promise<Answer>,
  check: (answer: Answer) => Result,
  limits: AttemptLimits,
): Promise<Result | SourceFailure> {
  const { clock, deadlineMs, bypassCaches } = limits;
  let outcome: DeadlineOutcome<Answer>;
  try {
    outcome = await withDeadline(clock, deadlineMs, (signal) => call({ signal, bypassCaches }), limits.signal);
  } catch (error) {
    return classified(source, error, method);
  }
  return outcome.ended === undefined ? check(outcome.value) : ended(outcome.ended);
}

function ended(why: "timeout" | "aborted"): SourceFailure {
  return why === "timeout" ? late : { failure: why };
}

function classified(source: SecretSource, error: unknown, method: SourceCall): SourceFailure {
  try {
    const failure = source.classify(error, method);
    if (failure !== undefined) {
      const checked: SecretRecord | SourceFailure = checkAnswer(failure);
      if (isFailure(checked)) return checked;
    }
  } catch {
    // A classify that throws has not classified.
  }
  return { failure: "unknown", advice: unknownError };
}
