import type { SecretRecord } from "../source/secret-record.ts";
import { policyDefaults } from "./defaults.ts";

/** How long values of one source may be served. */
export interface CachePolicy {
  readonly ttlMs: number;
  readonly maxStaleMs: number;
}

/** `fresh`: from memory. `aging`: from memory, refreshed behind. `stale`: awaited. `expired`: never served. */
export type Freshness = "fresh" | "aging" | "stale" | "expired";

/** The moments that part a record's life, on the instance's time. */
export interface Lifetime {
  /** The start of the read that brought it. */
  readonly askedAt: number;
  /** The same, less the age that it already had. */
  readonly loadedAt: number;
  readonly refreshAt: number;
  readonly freshUntil: number;
  readonly staleUntil: number;
  /** False where the value is known to end or to change: it does not wait for its turn after an outage. */
  readonly patient: boolean;
  /** The store announces a rotation that is due: how long it is waited for before the store is asked again. */
  readonly overdueMs?: number;
  /** A minted credential's, which its lease ends and nothing else does. */
  readonly leased?: boolean;
}

/**
 * When a record without a lease that was asked for at `startedAt` ages, goes stale and expires.
 *
 * @param before Of the same version, when it was asked for last.
 */
export function lifetime(
  record: SecretRecord,
  policy: CachePolicy,
  startedAt: number,
  refreshAfterMs: number,
  before?: Lifetime,
): Lifetime {
  const loadedAt = startedAt - Math.max(0, record.ageMs ?? 0);
  const { changesInMs } = record;
  const staleUntil = loadedAt + policy.ttlMs + policy.maxStaleMs;
  const byAge = loadedAt + policy.ttlMs;
  const changesAt = changesInMs === undefined ? byAge : startedAt + changesInMs;
  const overdueMs = overdue(changesInMs, policy, before);
  // Nor is one behind a cache whose answers are older than the ttl to be asked in a tight loop.
  const soonest = startedAt + (overdueMs ?? Math.min(policyDefaults.refreshJoinMs, policy.ttlMs));
  const freshUntil = Math.max(soonest, Math.min(byAge, changesAt));
  const refreshAt = Math.max(soonest, Math.min(loadedAt + refreshAfterMs, freshUntil));
  return {
    ...{ askedAt: startedAt, loadedAt, refreshAt, freshUntil, staleUntil, patient: changesInMs === undefined },
    ...(overdueMs !== undefined && { overdueMs }),
  };
}

/**
 * A store may announce a rotation for this very moment, again and again, since it is late or was given up: it is asked after
 * a second, and each time that nothing has changed after twice as long, up to the ttl.
 */
function overdue(changesInMs: number | undefined, { ttlMs }: CachePolicy, before: Lifetime | undefined) {
  const { refreshJoinMs } = policyDefaults;
  if (changesInMs === undefined || changesInMs >= refreshJoinMs) return undefined;
  return Math.min(ttlMs, before?.overdueMs === undefined ? refreshJoinMs : 2 * before.overdueMs);
}

/** Derived at every look, never stored. */
export function freshness(life: Lifetime, now: number): Freshness {
  if (now < life.refreshAt) return "fresh";
  if (now < life.freshUntil) return "aging";
  return now < life.staleUntil ? "stale" : "expired";
}
