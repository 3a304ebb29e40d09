/** Every number of this package that a user can feel, in ms unless its name says otherwise. `docs/defaults.md` is compared with it. */
export const gcpDefaults = {
  /** Looking for credentials, or for the project, that takes longer has failed: the attempt still has time to say so. */
  credentialsMs: 2000,
  /** A search for them that hangs for longer is given up, and the next read begins another. Until then reads join it. */
  longestSearchMs: 4000,
  /** Giving a token that takes longer has failed, so that the attempt still has time to say so. */
  tokenMs: 2000,
  /** A request for a token that takes longer is sent again, by the SDK. Until then attempts join it. As metadata servers have it. */
  tokenRequestMs: 3000,
  /** For a refused token another one is asked for, and for refused credentials others are looked for, at most once in so long. */
  renewalGapMs: 10_000,
  /** The deadline that the service is told of each call. The attempt's own end, which is earlier, cancels the call. */
  callMs: 30_000,
  /** A call without a sign of life for this long asks the other end whether it is there. */
  keepaliveMs: 1000,
  /** Without an answer to that for this long, the connection is given up. */
  keepaliveAnswerMs: 1000,
  /** The most bytes of an answer. */
  maxBytes: 1024 * 1024,
  /** Versions on the first page of a list, where `previous` is looked for. */
  pageVersions: 50,
  /** Pages after which looking for an enabled version is given up. */
  pages: 4,
} as const;
