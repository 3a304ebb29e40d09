/** Milliseconds, medians over all runs; differences and ratios are taken within a run. */
export interface ImportFigures {
  readonly runs: number;
  readonly programs: readonly {
    readonly what: string;
    readonly ms: number;
    readonly overBareMs: number;
    readonly toBare: number;
  }[];
}
