/** Medians; differences and ratios are taken within a round. */
export interface GcpFigures {
  readonly rounds: number;
  readonly readsPerRound: number;
  /** Microseconds of the processor for one cold read, of this process alone. */
  readonly cold: { readonly bareUs: number; readonly sourceUs: number; readonly secretsUs: number };
  /** Milliseconds from call to answer of a service that thinks for 5 ms. */
  readonly thinking: { readonly bareMs: number; readonly secretsMs: number };
  /** What an idle process keeps, KiB. */
  readonly idle: { readonly bareHeap: number; readonly heap: number; readonly bareRss: number; readonly rss: number };
}
