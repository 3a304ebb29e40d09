export interface AzureFigures {
  /** Microseconds of the processor for one read of a secret that is not cached, medians. */
  readonly coldReadUs: { readonly bare: number; readonly source: number; readonly throughCore: number };
  /** Milliseconds for one such read where an answer takes 5 ms, medians. */
  readonly slowReadMs: { readonly bare: number; readonly throughCore: number };
  /** Of a thousand callers at once. */
  readonly thousandCallers: { readonly tokens: number; readonly reads: number };
  /** A look at the versions against a read of the value: bytes of the answer, and microseconds of the processor. */
  readonly looks: readonly { readonly what: string; readonly bytes: number; readonly us: number }[];
}
