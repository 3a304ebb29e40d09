import type { SourceFailure } from "@secretsource/core/source";
import { LabNetworkError, LabRefusal } from "./lab-errors.ts";

const reasons: Readonly<Record<string, SourceFailure>> = {
  "no-such-secret": { failure: "not-found" },
  "no-such-version": { failure: "version-not-found" },
  denied: { failure: "access-denied", advice: "Grant the token the permission `read` on this secret." },
  disabled: { failure: "disabled", advice: "Enable the version, or ask for another one." },
  "too-large": { failure: "unsupported", advice: "The answer is larger than a secret may be." },
};

const statuses: Readonly<Record<number, SourceFailure>> = {
  401: { failure: "unauthenticated", advice: "The store does not accept the token." },
  429: { failure: "throttled" },
  503: { failure: "unavailable" },
};

/** What each error of the laboratory's client means. */
export function classifyLab(error: unknown): SourceFailure | undefined {
  if (error instanceof LabNetworkError) return { failure: "unavailable" };
  if (error instanceof SyntaxError) return { failure: "payload-corrupt" };
  if (!(error instanceof LabRefusal)) return undefined;
  const { status, reason = "", retryAfterSeconds } = error;
  const failure = reasons[reason] ?? statuses[status] ?? { failure: "unavailable" };
  return {
    ...failure,
    native: { status },
    ...(retryAfterSeconds !== undefined && { retryAfterMs: retryAfterSeconds * 1000 }),
  };
}
