const binSeconds = 10;

/** Calls in bins of 10 s, of those that lie between the two moments (ms) as a whole. */
export function binsOf(callsBySecond: Uint32Array, fromMs: number, untilMs: number): number[] {
  const bins: number[] = [];
  for (let from = Math.ceil(fromMs / 1000); from + binSeconds <= Math.floor(untilMs / 1000); from += binSeconds) {
    bins.push(callsBySecond.subarray(from, from + binSeconds).reduce((sum, calls) => sum + calls, 0));
  }
  return bins;
}

export interface Load {
  readonly meanPerSecond: number;
  /** Of the fullest bin. */
  readonly peakPerSecond: number;
  readonly peakOverMean: number;
}

export function loadOf(bins: readonly number[]): Load {
  const mean = bins.reduce((sum, calls) => sum + calls, 0) / bins.length;
  const peak = Math.max(...bins);
  return { meanPerSecond: mean / binSeconds, peakPerSecond: peak / binSeconds, peakOverMean: peak / mean };
}
