import { isRunningOut } from "../policy/lease-terms.ts";
import type { Tenure } from "./tenure.ts";

/** What a credential needs, with so much of its lease left: a renewal, or another credential in its place. */
export function leaseStep(tenure: Tenure, leftMs: number): "renew" | "replace" {
  if (tenure.kind !== "renewable") return "replace";
  return isRunningOut(leftMs, tenure.grant.spanMs) ? "replace" : "renew";
}

/** Why a credential is being replaced. */
export type ReplaceReason = "not-renewable" | "truncated" | "refused" | "over" | "running-out" | "asked";

export function replaceReason(tenure: Tenure, leftMs: number): ReplaceReason {
  if (tenure.kind === "ending") return tenure.why;
  if (tenure.kind !== "renewable" || leftMs <= 0) return "over";
  return isRunningOut(leftMs, tenure.grant.spanMs) ? "running-out" : "asked";
}
