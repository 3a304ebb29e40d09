/** Milliseconds, medians over all runs; differences and ratios are taken within a run. */
export interface ImportFigures {
  readonly runs: number;
  readonly programs: readonly {
    readonly what: string;
    /** What the processor worked, all threads together: other programs do not change it much. */
    readonly processorMs: number;
    readonly processorOverBareMs: number;
    readonly processorToBare: number;
    /** From the start of the process to its end, which means something on an idle machine alone. */
    readonly elapsedOverBareMs: number;
  }[];
}
