export interface LiveFigures {
  readonly rounds: number;
  readonly readsPerRound: number;
  /** Nanoseconds, medians over all rounds. */
  readonly reads: readonly { readonly what: string; readonly ns: number }[];
  readonly idle: IdleFigures;
}

/** Live secrets that nobody reads and that do not change. Medians of fresh processes. */
export interface IdleFigures {
  readonly processes: number;
  readonly secrets: number;
  readonly seconds: number;
  /** The processor's time by the elapsed time, per cent. */
  readonly processorPercent: number;
  /** Of a process that does the same without live secrets. */
  readonly bareProcessorPercent: number;
  /** Looks at the store in a second. */
  readonly looksPerSecond: number;
  /** The most timers that the instance had at one time. */
  readonly timers: number;
}
