/** Counts of lengths of time in steps: plain data, so that it travels between threads. */
export interface Histogram {
  readonly stepMs: number;
  /** What is longer than the last step counts there. */
  readonly counts: Uint32Array;
  total: number;
  max: number;
}

export function histogram(longestMs: number, stepMs: number): Histogram {
  return { stepMs, counts: new Uint32Array(Math.ceil(longestMs / stepMs) + 1), total: 0, max: 0 };
}

export function count(into: Histogram, ms: number): void {
  const step = Math.min(Math.floor(ms / into.stepMs), into.counts.length - 1);
  into.counts[step] = (into.counts[step] ?? 0) + 1;
  into.total += 1;
  if (ms > into.max) into.max = ms;
}

export function merge(into: Histogram, other: Histogram): void {
  addCounts(into.counts, other.counts);
  into.total += other.total;
  into.max = Math.max(into.max, other.max);
}

export function addCounts(into: Uint32Array, other: Uint32Array): void {
  for (const [index, number] of other.entries()) into[index] = (into[index] ?? 0) + number;
}

/** The end of the step that at least this share of all is below; never more than the longest that was seen. */
export function quantile({ counts, stepMs, total, max }: Histogram, share: number): number {
  let left = share * total;
  for (const [step, number] of counts.entries()) {
    left -= number;
    if (left <= 0) return Math.min((step + 1) * stepMs, max);
  }
  return max;
}
