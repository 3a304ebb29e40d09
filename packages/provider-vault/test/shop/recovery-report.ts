/** What one fault came to. */
export interface Recovery {
  readonly what: string;
  /** From the fault until it was over. */
  readonly outMs: number;
  /** From then until the first operation that was begun since has succeeded. */
  readonly recoveredMs: number;
  readonly operations: number;
  readonly failed: number;
  /** To OpenBao, from the fault until the recovery. */
  readonly requests: number;
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** As a table of Markdown. */
export function recoveryReport(recoveries: readonly Recovery[]): string {
  const rows = recoveries.map(
    ({ what, outMs, recoveredMs, operations, failed, requests }) =>
      `| ${what} | ${seconds(outMs)} | ${seconds(recoveredMs)} | ${operations} | ${failed} | ${requests} |`,
  );
  return [
    "| fault | lasted | recovered after | operations | failed | requests |",
    "| --- | ---: | ---: | ---: | ---: | ---: |",
    ...rows,
  ].join("\n");
}
