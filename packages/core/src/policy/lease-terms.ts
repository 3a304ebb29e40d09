import type { Lease } from "../source/lease.ts";
import { policyDefaults } from "./defaults.ts";
import type { Lifetime } from "./freshness.ts";
import type { Random } from "./random.ts";

const { leaseRenewFromShare, leaseRenewToShare, leaseReplaceShare, refreshJoinMs } = policyDefaults;

// Stores count in whole seconds, and some of the answer's time was spent on its way.
const roundingMs = 1000;
const fullShare = 0.9;

/** How long a credential is good for: as long as its lease, or as it is valid itself, whichever ends first. */
export function leaseSpan({ ttlMs }: Pick<Lease, "ttlMs">, validForMs: number | undefined): number {
  // What has ended before it was given says more about our clock than about the credential.
  return validForMs === undefined || validForMs <= 0 ? ttlMs : Math.min(ttlMs, validForMs);
}

/** The life of a credential that was asked for at `startedAt`: renewed uniformly between 66 and 76 % of it. */
export function leaseLifetime(startedAt: number, spanMs: number, random: Random): Lifetime {
  const share = leaseRenewFromShare + (leaseRenewToShare - leaseRenewFromShare) * random();
  const end = startedAt + spanMs;
  // A lease of a second and less is not renewed in a tight loop: its credential is replaced when somebody wants it.
  const refreshAt = Math.min(end, startedAt + Math.max(spanMs * share, refreshJoinMs));
  return lasting(startedAt, refreshAt, end);
}

/** The life of a credential that is to be replaced from now on, and is good until then. */
export function endingLifetime(startedAt: number, end: number): Lifetime {
  return lasting(startedAt, Math.min(startedAt, end), end);
}

/** True where a renewal has given clearly less than the lease had at first: it has come to its known end. */
export function isTruncated(leftMs: number, grantedMs: number): boolean {
  return leftMs < grantedMs * fullShare - roundingMs;
}

/** True where so little is left that only a new credential is sure to be there in time. */
export function isRunningOut(leftMs: number, grantedMs: number): boolean {
  return leftMs < grantedMs * leaseReplaceShare;
}

function lasting(startedAt: number, refreshAt: number, end: number): Lifetime {
  return {
    askedAt: startedAt,
    loadedAt: startedAt,
    refreshAt,
    freshUntil: end,
    staleUntil: end,
    patient: false,
    leased: true,
  };
}
