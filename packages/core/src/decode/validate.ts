import type { StandardSchemaV1 } from "@standard-schema/spec";
import { SecretsError } from "../errors/secrets-error.ts";
import { policyDefaults } from "../policy/defaults.ts";
import type { Clock } from "../time/clock.ts";
import { withDeadline } from "../time/with-deadline.ts";
import { deepFreeze } from "../util/deep-freeze.ts";
import { expectsNoText } from "./expects-no-text.ts";
import { firstOf, issueReason } from "./issue-reason.ts";

const shownIssues = 20;
const payloadIsText = " The schema was given text, since the payload is no JSON object.";
const noAnswer = "The schema's answer is no Standard Schema result: update or correct the schema.";
const threw =
  "The schema threw instead of answering. Let it report an issue; what it threw is not shown, since it may hold the value.";

/**
 * The schema's output for this input.
 *
 * @param textHint A sentence for a refusal of text, beginning with a blank: why it was text.
 * @param closing Ends the wait for the schema.
 * @throws SecretsError `validation-failed`: the schema refused, threw, or did not finish within 10 s.
 */
export async function validate(
  schema: StandardSchemaV1,
  input: unknown,
  clock: Clock,
  textHint = payloadIsText,
  closing?: AbortSignal,
): Promise<unknown> {
  const outcome = await withDeadline(clock, policyDefaults.verifyMs, () => verdict(schema, input, textHint), closing);
  if (outcome.ended !== undefined) {
    throw refused(`The schema did not finish within ${policyDefaults.verifyMs / 1000} s: look at what it waits for.`);
  }
  const { refusal, output } = outcome.value;
  if (refusal !== undefined) throw refused(refusal);
  return output;
}

/** Whatever the schema does ends here: what it throws, also while its issues are read, may quote its input. */
async function verdict(
  schema: StandardSchemaV1,
  input: unknown,
  textHint: string,
): Promise<{ readonly output?: unknown; readonly refusal?: string }> {
  try {
    const { vendor, validate: ask } = schema["~standard"];
    const result: unknown = await ask.call(schema["~standard"], input);
    if (typeof result !== "object" || result === null) return { refusal: noAnswer };
    const { issues, value } = result as { issues?: unknown; value?: unknown };
    if (issues === undefined) return { output: deepFreeze(value) };
    return { refusal: Array.isArray(issues) ? describe(vendor, input, issues, textHint) : noAnswer };
  } catch {
    return { refusal: threw };
  }
}

function describe(vendor: string, input: unknown, issues: readonly StandardSchemaV1.Issue[], textHint: string): string {
  const shown = firstOf(issues, shownIssues) as StandardSchemaV1.Issue[];
  const reasons = shown.map((issue) => issueReason(vendor, input, issue));
  if (issues.length > shownIssues) reasons.push(`${issues.length - shownIssues} more`);
  const why = reasons.length === 0 ? "without saying why" : reasons.join("; ");
  const isWrongKind = shown.length === 0 || shown.some((issue) => expectsNoText(vendor, issue));
  return `The schema refused it: ${why}.${typeof input === "string" && isWrongKind ? textHint : ""}`;
}

function refused(advice: string): SecretsError {
  return new SecretsError({ code: "validation-failed", advice });
}
