/** Every number of this package that a user can feel, in ms unless its name says otherwise. `docs/defaults.md` is compared with it. */
export const vaultDefaults = {
  /** The most bytes of an answer. */
  maxBytes: 4 * 1024 * 1024,
  /** Redirects of one request that are followed, each to an allowed host. */
  redirects: 3,
  /** Connections to one server at a time; what is more waits for its turn. */
  sockets: 32,
  /** A connection that is not used for this long is closed: below the idle limits of common load balancers. */
  idleMs: 30_000,
  /** The files of a TLS connection are looked at again after this, as a call is made; after a failed call at once. */
  tlsFilesMs: 5000,
  /** A token is renewed, or replaced where it cannot be, when this share of its life has gone, drawn anew each time. */
  renewFromShare: 0.66,
  renewToShare: 0.76,
  /** From this share on, a call waits for the renewal. */
  renewAwaitedShare: 0.9,
  /** Work on a lease renews the token when this share of its life has gone: a lease ends with its token. */
  leaseRenewShare: 0.25,
  /** A renewal, or a look-up, that takes longer has failed. */
  renewalMs: 3000,
  /** The least time between two renewals of one token. */
  renewalSpacingMs: 1000,
  /** A login that takes longer has failed. */
  loginMs: 10_000,
  /** One request for AWS credentials, to STS say, that takes longer has failed: the SDK sends it again, within the login's time. */
  credentialsMs: 3000,
  /** After a refused login: full jitter below this, doubled each time, up to the longest. */
  loginBackoffFirstMs: 1000,
  loginBackoffLongestMs: 60_000,
  loginBackoffShortestMs: 100,
  /** Where a token may not look itself up, a refused call leads to a new login at most once in this time. */
  blindLoginSpacingMs: 60_000,
  /** One request of transit. */
  transitMs: 10_000,
  /** The password of a static role is read so long after its announced rotation. */
  rotationGraceMs: 1000,
  /** A rotation that is overdue is looked for again after a quarter of the time that it is, and after this at most. */
  overdueRotationMostMs: 30_000,
  /** Keys of a new IAM user are held back for this long. */
  propagationMs: 5000,
  propagationMostMs: 8000,
  /** The revocation of our own token at the end. */
  revocationMs: 3000,
} as const;
