import type { ModelledStore } from "./modelled-store.ts";

/** What many programs have instead: a value is kept for `ttlMs`, then the next reader loads it. The same readers. */
export class NaiveCache {
  readonly callsBySecond: Uint32Array;
  /** Reads that ended in an error, since the store was down. */
  failedReads = 0;
  readonly #loadedAt: Float64Array;
  readonly #ttlMs: number;
  readonly #store: ModelledStore;

  constructor(readers: number, ttlMs: number, store: ModelledStore) {
    this.#loadedAt = new Float64Array(readers).fill(Number.NEGATIVE_INFINITY);
    this.callsBySecond = new Uint32Array(store.callsBySecond.length);
    this.#ttlMs = ttlMs;
    this.#store = store;
  }

  read(reader: number, at: number): void {
    if (at - (this.#loadedAt[reader] ?? 0) < this.#ttlMs) return;
    const second = Math.floor(at / 1000);
    this.callsBySecond[second] = (this.callsBySecond[second] ?? 0) + 1;
    if (this.#store.isDown(at)) this.failedReads += 1;
    else this.#loadedAt[reader] = at;
  }
}
