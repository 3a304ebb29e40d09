import { policyDefaults } from "./defaults.ts";
import type { Random } from "./random.ts";

const { refreshFromShare, refreshJoinMs } = policyDefaults;

/** How long after a load the refresh behind begins: uniform between 80 and 100 % of the ttl. */
export function refreshAfter(ttlMs: number, random: Random): number {
  return ttlMs * (refreshFromShare + (1 - refreshFromShare) * random());
}

/**
 * The same for an entry's first load, for its turn after an outage, and for a load out of turn (a hint, a forced
 * refresh). Processes that were started, or told of a change, at once must not refresh at once, so this point is drawn
 * from the residual distribution of {@link refreshAfter}: what is left, at a random moment, of an interval that has been
 * going on. A fleet drawn so is spread from the beginning and stays so.
 */
export function firstRefreshAfter(ttlMs: number, random: Random): number {
  const shortest = ttlMs * refreshFromShare;
  const mean = (shortest + ttlMs) / 2;
  const share = random();
  const flat = shortest / mean;
  const drawn = share < flat ? share * mean : ttlMs - (ttlMs - shortest) * Math.sqrt(1 - (share - flat) / (1 - flat));
  return Math.max(drawn, Math.min(refreshJoinMs, ttlMs));
}
