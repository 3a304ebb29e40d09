/** One timer that has not fired yet. */
export interface VirtualTimer {
  readonly fire: () => void;
  /** Monotonic milliseconds. */
  readonly dueAt: number;
  readonly holds: boolean;
  /** How many timers in a row led to this one without any time passing. */
  readonly hops: number;
}

interface Entry {
  readonly timer: VirtualTimer;
  readonly order: number;
  index: number;
}

/** Timers by due time, then by creation: a binary heap that knows each entry's place, so that removing is cheap too. */
export class TimerQueue {
  readonly #heap: Entry[] = [];
  #added = 0;
  #holding = 0;

  get size(): number {
    return this.#heap.length;
  }

  get holding(): number {
    return this.#holding;
  }

  first(): VirtualTimer | undefined {
    return this.#heap[0]?.timer;
  }

  /** Returns what removes it again; idempotent. */
  add(timer: VirtualTimer): () => void {
    const entry = { timer, order: this.#added++, index: this.#heap.length };
    this.#heap.push(entry);
    this.#rise(entry);
    if (timer.holds) this.#holding += 1;
    return () => this.#remove(entry);
  }

  takeFirst(): void {
    const first = this.#heap[0];
    if (first !== undefined) this.#remove(first);
  }

  inOrder(): VirtualTimer[] {
    return this.#heap.toSorted((a, b) => (isBefore(a, b) ? -1 : 1)).map((entry) => entry.timer);
  }

  #remove(entry: Entry): void {
    if (this.#heap[entry.index] !== entry) return;
    if (entry.timer.holds) this.#holding -= 1;
    const last = this.#heap.pop();
    if (last === undefined || last === entry) return;
    this.#place(last, entry.index);
    this.#rise(last);
    this.#sink(last);
  }

  #rise(entry: Entry): void {
    while (entry.index > 0) {
      const parent = this.#heap[(entry.index - 1) >> 1];
      if (parent === undefined || isBefore(parent, entry)) return;
      this.#swap(entry, parent);
    }
  }

  #sink(entry: Entry): void {
    for (;;) {
      const left = this.#heap[2 * entry.index + 1];
      const right = this.#heap[2 * entry.index + 2];
      const child = left !== undefined && right !== undefined && isBefore(right, left) ? right : left;
      if (child === undefined || isBefore(entry, child)) return;
      this.#swap(child, entry);
    }
  }

  #swap(a: Entry, b: Entry): void {
    const { index } = a;
    this.#place(a, b.index);
    this.#place(b, index);
  }

  #place(entry: Entry, index: number): void {
    entry.index = index;
    this.#heap[index] = entry;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.timer.dueAt < b.timer.dueAt || (a.timer.dueAt === b.timer.dueAt && a.order < b.order);
}
