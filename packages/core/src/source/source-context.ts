/** What comes with every call of a source. */
export interface SourceContext {
  /** Covers the deadline of the attempt. Every wait inside the call honours it. */
  readonly signal: AbortSignal;
  /** True: an agent or cache between us and the store is to be asked for the store's own word. */
  readonly bypassCaches: boolean;
}
