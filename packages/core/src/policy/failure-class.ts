import type { FailureCode } from "../errors/error-code.ts";

const staleServed: ReadonlySet<FailureCode> = new Set<FailureCode>([
  "unavailable",
  "timeout",
  "throttled",
  "unauthenticated",
  "payload-corrupt",
]);

const outages: ReadonlySet<FailureCode> = new Set<FailureCode>(["unavailable", "timeout", "throttled"]);

const absences: ReadonlySet<FailureCode> = new Set<FailureCode>(["not-found", "version-not-found"]);

/** No usable answer: the last good value may be served up to `maxStale`. Every other failure is the store's word. */
export function mayServeStale(code: FailureCode): boolean {
  return staleServed.has(code);
}

/** Says something about the whole source, not about one secret. */
export function isOutage(code: FailureCode): boolean {
  return outages.has(code);
}

export function isAbsence(code: FailureCode): boolean {
  return absences.has(code);
}

/** How many attempts a failure is worth within one call. */
export function attemptsWorth(code: FailureCode, most: number): number {
  if (isOutage(code)) return most;
  return code === "payload-corrupt" ? Math.min(2, most) : 1;
}
