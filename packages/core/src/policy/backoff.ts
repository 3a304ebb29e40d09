import type { SecretsErrorCode } from "../errors/error-code.ts";
import { policyDefaults } from "./defaults.ts";
import type { Random } from "./random.ts";

const {
  retryFirstMs,
  retryLongestMs,
  retryAfterMostMs,
  backoffFirstMs,
  backoffLongestMs,
  backoffShortestMs,
  throttledMs,
} = policyDefaults;

/** What of a failure decides how long to wait. */
interface Backoff {
  readonly failure: SecretsErrorCode;
  readonly retryAfterMs?: number;
}

/** The wait before attempt `done + 1` of one call: full jitter, or what the store asked for. */
export function waitInCall(done: number, failure: Backoff, random: Random): number {
  const jitter = random() * Math.min(retryLongestMs, retryFirstMs * 2 ** (done - 1));
  return Math.max(jitter, believed(failure));
}

/** The wait before the next call, after `failed` calls in a row have failed. */
export function waitBetweenCalls(failed: number, failure: Backoff, random: Random): number {
  // 2 ** 31 is far above the cap and keeps the product finite.
  const cap = Math.min(backoffLongestMs, backoffFirstMs * 2 ** Math.min(failed - 1, 31));
  const jitter = Math.max(backoffShortestMs, random() * cap);
  const floor = failure.failure === "throttled" ? (failure.retryAfterMs === undefined ? throttledMs : 0) : 0;
  return Math.max(jitter, floor, believed(failure));
}

/** No wait but one that the store asked for sleeps away more than a quarter of what is left of a lease, or a second. */
export function waitWithinLease(waitMs: number, failure: Backoff, leftMs: number): number {
  if (leftMs <= 0 || failure.failure === "throttled" || believed(failure) > 0) return waitMs;
  return Math.min(waitMs, Math.max(backoffFirstMs, leftMs / 4));
}

function believed(failure: Backoff): number {
  return Math.min(failure.retryAfterMs ?? 0, retryAfterMostMs);
}
