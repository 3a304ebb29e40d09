/** Medians over all runs; differences and ratios are taken within a run. */
export interface ImportFigures {
  readonly runs: number;
  readonly bareMs: number;
  readonly esmMs: number;
  readonly esmOverBareMs: number;
  readonly esmToBare: number;
  readonly cjsOverBareMs: number;
  readonly lruCacheAloneOverBareMs: number;
}
