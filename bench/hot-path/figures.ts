/** Nanoseconds, medians over all rounds; ratios are taken within a round. */
export interface HotPathFigures {
  readonly rounds: number;
  readonly readsPerRound: number;
  readonly reads: readonly { readonly what: string; readonly ns: number; readonly toMapGet: number }[];
  readonly entries: readonly { readonly what: string; readonly ns: number }[];
  readonly parts: readonly { readonly what: string; readonly ns: number }[];
  readonly heapPerEntryBytes: number;
}
