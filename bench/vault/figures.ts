/** Medians; differences and ratios are taken within a round. */
export interface VaultFigures {
  readonly rounds: number;
  readonly readsPerRound: number;
  /** Microseconds of the processor for one cold read, of this process alone. */
  readonly cold: { readonly bareUs: number; readonly sourceUs: number; readonly secretsUs: number };
  /** Milliseconds from call to answer of a server that thinks for 5 ms. */
  readonly thinking: { readonly bareMs: number; readonly secretsMs: number };
  /** What a thousand readers at once bring about, in an instance that has not logged in yet. */
  readonly crowd: { readonly logins: number; readonly reads: number; readonly calls: number };
}
