import type { FailureCode, SecretsErrorCode } from "../errors/error-code.ts";

const staleServed: ReadonlySet<SecretsErrorCode> = new Set<SecretsErrorCode>([
  "unavailable",
  "timeout",
  "throttled",
  "unauthenticated",
  "payload-corrupt",
  "verify-failed",
  "mint-budget-exhausted",
]);

const outages: ReadonlySet<SecretsErrorCode> = new Set<SecretsErrorCode>(["unavailable", "timeout", "throttled"]);

const absences: ReadonlySet<SecretsErrorCode> = new Set<SecretsErrorCode>(["not-found", "version-not-found"]);

/** No usable answer, or one that we refused: the last good value may be served up to `maxStale`. Every other failure is the store's word. */
export function mayServeStale(code: SecretsErrorCode): boolean {
  return staleServed.has(code);
}

/** Says something about the whole source, not about one secret. */
export function isOutage(code: SecretsErrorCode): boolean {
  return outages.has(code);
}

export function isAbsence(code: SecretsErrorCode): boolean {
  return absences.has(code);
}

/** How many attempts a failure is worth within one call. */
export function attemptsWorth(code: FailureCode, most: number): number {
  if (isOutage(code)) return most;
  return code === "payload-corrupt" ? Math.min(2, most) : 1;
}
