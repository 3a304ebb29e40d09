import type { SecretsErrorCode } from "./error-code.ts";

const retryable: ReadonlySet<SecretsErrorCode> = new Set<SecretsErrorCode>([
  "throttled",
  "unavailable",
  "timeout",
  "payload-corrupt",
  "mint-budget-exhausted",
  "stale-limit",
]);

/** True where waiting alone may help. */
export function isRetryable(code: SecretsErrorCode): boolean {
  return retryable.has(code);
}
