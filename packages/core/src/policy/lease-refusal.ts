import type { FailureCode } from "../errors/error-code.ts";
import { isOutage } from "./failure-class.ts";

// Nothing is known of the lease after these; another attempt may tell.
const noWord: ReadonlySet<FailureCode> = new Set<FailureCode>(["payload-corrupt", "unknown", "aborted"]);

const over: ReadonlySet<FailureCode> = new Set<FailureCode>(["not-found", "deleted"]);

/** The store's own no to a renewal. The lease may still last until its end, but not beyond it. */
export function refusesRenewal(code: FailureCode): boolean {
  return !isOutage(code) && !noWord.has(code);
}

/** The store does not have the lease any more: its credential is of no use. */
export function saysLeaseOver(code: FailureCode): boolean {
  return over.has(code);
}
