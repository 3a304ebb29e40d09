/** Every number of this package that a user can feel, in ms unless its name says otherwise. `docs/defaults.md` is compared with it. */
export const azureDefaults = {
  /** A login that failed is tried again once in this time: where it was refused, or the token before still holds. */
  loginSpacingMs: 5_000,
  /** The most bytes of an answer: a value has 25 kB, a page of versions 25 items with 15 tags each, and all of them escaped have room in it. */
  maxBytes: 4 * 1024 * 1024,
  /** The service's largest page (https://learn.microsoft.com/rest/api/keyvault/secrets/get-secret-versions, maxresults). */
  pageVersions: 25,
  /** Pages that one read goes through: as many as there can be versions in a vault that can be backed up, twice. */
  pages: 40,
  /** Attempts of the SDK in a call: the retries are core's. */
  sdkAttempts: 1,
  /** A vault that refuses token after token leads to a new one once in this time. */
  tokenSpacingMs: 60_000,
} as const;
