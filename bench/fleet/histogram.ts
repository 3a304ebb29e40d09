/** Counts of lengths of time in steps; what is longer than the longest counts as the longest, but for `max`. */
export class Histogram {
  readonly #counts: Uint32Array;
  readonly #stepMs: number;
  #total = 0;
  #max = 0;

  constructor(longestMs: number, stepMs: number) {
    this.#counts = new Uint32Array(Math.ceil(longestMs / stepMs) + 1);
    this.#stepMs = stepMs;
  }

  get total(): number {
    return this.#total;
  }

  get max(): number {
    return this.#max;
  }

  add(ms: number): void {
    const step = Math.min(Math.floor(ms / this.#stepMs), this.#counts.length - 1);
    this.#counts[step] = (this.#counts[step] ?? 0) + 1;
    this.#total += 1;
    if (ms > this.#max) this.#max = ms;
  }

  /** The smallest step's end that at least this share of all is below; never more than the longest that was seen. */
  quantile(share: number): number {
    let left = share * this.#total;
    for (const [step, count] of this.#counts.entries()) {
      left -= count;
      if (left <= 0) return Math.min((step + 1) * this.#stepMs, this.#max);
    }
    return this.#max;
  }

  clear(): void {
    this.#counts.fill(0);
    this.#total = 0;
    this.#max = 0;
  }
}
