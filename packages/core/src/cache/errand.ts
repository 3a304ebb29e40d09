/** How a call is made. */
export interface Errand {
  /** Asks for the store's own word, past caches upstream. */
  readonly bypassCaches: boolean;
  /** A look at the version is enough, where the source can give one. */
  readonly probeFirst: boolean;
}
