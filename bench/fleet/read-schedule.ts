import type { Random } from "../../packages/core/src/policy/random.ts";

const none = -1;

/** Which reader is due at which tick: a ring of linked lists, so that scheduling costs the same for any number. */
export class ReadSchedule {
  readonly #next: Int32Array;
  readonly #heads: Int32Array;
  readonly #random: Random;
  readonly #from: number;
  readonly #span: number;

  /** Every reader is due at tick 0, and then again and again after `from` to `to` ticks. */
  constructor(readers: number, fromTicks: number, toTicks: number, random: Random) {
    this.#next = new Int32Array(readers);
    this.#heads = new Int32Array(toTicks + 1).fill(none);
    this.#random = random;
    this.#from = fromTicks;
    this.#span = toTicks - fromTicks + 1;
    for (let reader = 0; reader < readers; reader++) this.#put(reader, 0);
  }

  /** Calls `read` for all that are due at this tick, and schedules them anew. Ticks come one after the other. */
  run(tick: number, read: (reader: number) => void): void {
    const slot = tick % this.#heads.length;
    let reader = this.#heads[slot] ?? none;
    this.#heads[slot] = none;
    while (reader !== none) {
      const following = this.#next[reader] ?? none;
      this.#put(reader, tick + this.#from + Math.floor(this.#random() * this.#span));
      read(reader);
      reader = following;
    }
  }

  #put(reader: number, tick: number): void {
    const slot = tick % this.#heads.length;
    this.#next[reader] = this.#heads[slot] ?? none;
    this.#heads[slot] = reader;
  }
}
