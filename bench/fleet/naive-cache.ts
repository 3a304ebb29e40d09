import type { ModelledStore } from "./modelled-store.ts";
import { countCall, type Tally } from "./tally.ts";

/** What many programs have instead: a value is kept for `ttlMs`, then the next reader loads it. The same readers. */
export class NaiveCache {
  readonly #loadedAt: Float64Array;
  readonly #ttlMs: number;
  readonly #store: ModelledStore;
  readonly #tally: Tally["naive"];

  constructor(readers: number, ttlMs: number, store: ModelledStore, tally: Tally["naive"]) {
    this.#loadedAt = new Float64Array(readers).fill(Number.NEGATIVE_INFINITY);
    this.#ttlMs = ttlMs;
    this.#store = store;
    this.#tally = tally;
  }

  read(reader: number, at: number): void {
    if (at - (this.#loadedAt[reader] ?? 0) < this.#ttlMs) return;
    countCall(this.#tally.callsBySecond, at);
    if (this.#store.isDown(at)) this.#tally.failedReads += 1;
    else this.#loadedAt[reader] = at;
  }
}
