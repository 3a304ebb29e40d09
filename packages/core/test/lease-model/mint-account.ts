const window = 600_000;

/**
 * The budget as it is promised, counted at the store: a secret's first credential, one for each that has arrived once 66 %
 * of its lease have passed, and three in ten minutes besides.
 */
export class MintAccount {
  #dueAt = Number.NEGATIVE_INFINITY;
  #lastAt = Number.NEGATIVE_INFINITY;
  #unplanned: number[] = [];

  /** True if a mint is within the budget. */
  allows(now: number): boolean {
    this.#forget(now);
    return this.#isPlanned(now) || this.#unplanned.length < 3;
  }

  /** @throws Error where the budget was spent. The result takes it back: nothing was made. */
  mint(now: number): () => void {
    if (!this.allows(now)) throw new Error("a mint beyond the budget");
    const before = { dueAt: this.#dueAt, lastAt: this.#lastAt, unplanned: this.#unplanned };
    if (this.#isPlanned(now)) this.#dueAt = Number.POSITIVE_INFINITY;
    else this.#unplanned = [...this.#unplanned, now];
    this.#lastAt = now;
    return () => {
      this.#dueAt = before.dueAt;
      this.#unplanned = before.unplanned;
      // With nothing made there is nothing to keep a distance from.
      if (before.unplanned.length === 0) this.#lastAt = before.lastAt;
    };
  }

  arrived(startedAt: number, spanMs: number): void {
    this.#dueAt = startedAt + 0.66 * spanMs;
  }

  #isPlanned(now: number): boolean {
    return now >= this.#dueAt && now - this.#lastAt >= 1000;
  }

  #forget(now: number): void {
    this.#unplanned = this.#unplanned.filter((at) => now - at < window);
    // Nothing was made for as long as anything counts: as if there had been none.
    if (this.#dueAt === Number.POSITIVE_INFINITY && now - this.#lastAt >= window) {
      this.#dueAt = Number.NEGATIVE_INFINITY;
    }
  }
}
