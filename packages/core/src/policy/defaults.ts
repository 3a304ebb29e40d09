/** Every number that a user can feel, in ms unless its name says otherwise. `docs/defaults.md` is compared with it. */
export const policyDefaults = {
  /** Oldest value served while the store is healthy. */
  ttlMs: 300_000,
  /** How long after its ttl a value may be served while the store gives no usable answer. */
  maxStaleMs: 3_600_000,
  /** The refresh behind falls uniformly between this share of the ttl and the whole of it. */
  refreshFromShare: 0.8,
  /** A denial, a deletion and whatever else is no outage surfaces this long after it was first seen. */
  refusalGraceMs: 30_000,
  /** A name that the store does not have is not asked for again for this long. */
  notFoundMs: 10_000,
  /** One call of ours, all attempts together; also the one attempt of a source that mints. */
  callMs: 10_000,
  attemptMs: 3000,
  attempts: 3,
  /** Waits between the attempts of one call: full jitter below this, doubled each time, up to the longest. */
  retryFirstMs: 100,
  retryLongestMs: 2000,
  /** The most that is believed of a store's Retry-After. */
  retryAfterMostMs: 300_000,
  /** Waits between calls after a failure, per entry and per source: full jitter, doubled each time. */
  backoffFirstMs: 1000,
  backoffLongestMs: 60_000,
  backoffShortestMs: 100,
  /** The least wait between calls after throttling. */
  throttledMs: 5000,
  /** A forced refresh takes an answer that is no older; so one entry is asked for at most once in this time. */
  refreshJoinMs: 1000,
  /** A lease is renewed uniformly between these shares of it. */
  leaseRenewFromShare: 0.66,
  leaseRenewToShare: 0.76,
  /** With less than this share of a lease left, the credential is replaced rather than its lease renewed. */
  leaseReplaceShare: 0.2,
  /** Mints of one secret beyond what its leases need, in the window. */
  mintUnplanned: 3,
  mintWindowMs: 600_000,
  /** How long a replaced credential stays usable before its lease is revoked. */
  drainMs: 30_000,
  revokeAttempts: 3,
  /** All revocations of `close({ revoke: true })` together. */
  revokeAllMs: 10_000,
  /** Asynchronous schemas and verify hooks. */
  verifyMs: 10_000,
  /** One timer for all that is watched or hinted at. */
  tickMs: 1000,
  /** How long `withSecret` goes on trying the rotation window. */
  rotationRetryMs: 90_000,
  /** Waits between its rounds: full jitter below this, doubled each time, up to the longest. */
  rotationRoundFirstMs: 1000,
  rotationRoundLongestMs: 10_000,
  /** A miss of `acceptAny` looks at the store at most once in this time. */
  missRefreshMs: 30_000,
  /** Start-up budget of `loadConfig`. */
  configMs: 15_000,
  /** Entries kept per instance, least recently used first out. */
  maxEntries: 1000,
  /** Payload kept per instance, bytes. */
  maxBytes: 64 * 1024 * 1024,
  /** Reads of one source at one time. */
  concurrency: 8,
  /** How long a read waits for one of those places; what is left of its call is at least one attempt. */
  queueMs: 7000,
} as const;
