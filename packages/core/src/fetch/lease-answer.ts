import type { Lease } from "../source/lease.ts";
import type { Checked } from "./ask-once.ts";
import { checkAnswer, isFailure } from "./check-answer.ts";

/** A renewed lease as core may rely on it. */
export function checkRenewed(answer: unknown): Checked<Lease> {
  try {
    const { id, ttlMs, renewable } = answer as Partial<Lease>;
    if (Number.isFinite(ttlMs) && typeof renewable === "boolean" && (id === undefined || typeof id === "string")) {
      return { value: { ttlMs: Math.max(0, Number(ttlMs)), renewable, ...(id !== undefined && { id }) } };
    }
  } catch {
    // No object, or one that throws when read.
  }
  const checked = checkAnswer(answer);
  if (isFailure(checked)) return { failure: checked };
  return { failure: { failure: "unknown", advice: "The source's `renew` did not answer with a lease." } };
}

/** Nothing, or a failure. */
export function checkRevoked(answer: unknown): Checked<undefined> {
  if (answer === undefined) return { value: undefined };
  const checked = checkAnswer(answer);
  return isFailure(checked) ? { failure: checked } : { value: undefined };
}
