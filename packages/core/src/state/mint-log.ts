import { policyDefaults } from "../policy/defaults.ts";

const { mintUnplanned, mintWindowMs, leaseRenewFromShare, refreshJoinMs } = policyDefaults;

/** What has been minted of one secret, as far as it counts. */
export interface MintLog {
  /** The moments of the mints beyond what the leases need, within the window, oldest first. */
  readonly unplanned: readonly number[];
  /** From when the next mint is one that the lease schedule needs. */
  readonly plannedFrom: number;
  readonly lastAt: number;
}

/** A secret's first credential is one that is needed. */
export const noMints: MintLog = {
  unplanned: [],
  plannedFrom: Number.NEGATIVE_INFINITY,
  lastAt: Number.NEGATIVE_INFINITY,
};

/** Whether a mint is needed by the lease schedule. Of those, too, there is at most one a second. */
export function isPlanned(log: MintLog, now: number): boolean {
  return (now >= log.plannedFrom || !counts(log, now)) && now - log.lastAt >= refreshJoinMs;
}

/** How long until a mint is within the budget; 0 where one is now. */
export function mintableIn(log: MintLog, now: number): number {
  if (isPlanned(log, now)) return 0;
  const counted = log.unplanned.filter((at) => now - at < mintWindowMs);
  const oldest = counted[counted.length - mintUnplanned];
  if (oldest === undefined) return 0;
  const plannedAt = Math.max(log.plannedFrom, log.lastAt + refreshJoinMs);
  return Math.min(oldest + mintWindowMs, plannedAt) - now;
}

/** A request for a credential has left: until it is known that none was made, one was. */
export function minting(log: MintLog, now: number): MintLog {
  const unplanned = log.unplanned.filter((at) => now - at < mintWindowMs);
  return isPlanned(log, now)
    ? { unplanned, plannedFrom: Number.POSITIVE_INFINITY, lastAt: now }
    : { ...log, unplanned: [...unplanned, now], lastAt: now };
}

/** It has arrived: the schedule needs the next one once 66 % of its lease have passed. */
export function minted(log: MintLog, startedAt: number, spanMs: number): MintLog {
  return { ...log, plannedFrom: startedAt + spanMs * leaseRenewFromShare };
}

/** The store has said no, and nothing was made. Undefined where there is nothing to remember. */
export function unminted(log: MintLog, at: number): MintLog | undefined {
  const index = log.unplanned.indexOf(at);
  // One alone: another request of the same moment may have made something.
  if (index >= 0) return { ...log, unplanned: log.unplanned.toSpliced(index, 1) };
  return log.unplanned.length === 0 ? undefined : { ...log, plannedFrom: at };
}

/** False for one that says no more than none does: also where an answer was lost so long ago that nothing of it counts. */
export function counts({ plannedFrom, lastAt }: MintLog, now: number): boolean {
  return now - lastAt < mintWindowMs || (now < plannedFrom && plannedFrom !== Number.POSITIVE_INFINITY);
}
