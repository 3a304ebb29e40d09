import type { LRUCache } from "lru-cache";
import { heldOf } from "../state/entry-state.ts";
import { boundedMap, loadBoundedMap } from "./bounded-map.ts";
import type { Entry } from "./entry.ts";

/** How much an instance keeps. */
export interface StoreLimits {
  readonly maxEntries: number;
  /** Of payload. */
  readonly maxBytes: number;
}

interface Bounded {
  /** Entries with a record. */
  readonly filled: LRUCache<string, Entry>;
  /** Entries without one: what is remembered of them is a failure, an absent name's above all. */
  readonly bare: LRUCache<string, Entry>;
}

/**
 * All entries of an instance: those with a call under way and those that are pinned are kept, the others are bounded
 * by number and by payload, least recently used first out. Those that hold nothing have a room of their own, so that made-up
 * names push no record out.
 */
export class EntryStore {
  readonly #limits: StoreLimits;
  readonly #kept = new Map<string, Entry>();
  #idle: Bounded | undefined;

  constructor(limits: StoreLimits) {
    this.#limits = limits;
    this.#open();
  }

  /** Before this there is nothing that could let go of an entry, so none may be filled. */
  get isReady(): boolean {
    return this.#idle !== undefined;
  }

  async makeReady(): Promise<void> {
    await loadBoundedMap();
    this.#open();
  }

  get(key: string): Entry | undefined {
    // Spelt out, since every hit comes by: the CommonJS build makes closures of `?.` and `??`.
    const idle = this.#idle;
    const found = idle === undefined ? undefined : idle.filled.get(key);
    return found === undefined ? (idle?.bare.get(key) ?? this.#kept.get(key)) : found;
  }

  /** It has not been pushed out. A look that is no use: it stays as far from being pushed out as it was. */
  holds(entry: Entry): boolean {
    const { key } = entry;
    return this.#kept.get(key) === entry || this.#rooms().some((room) => room.peek(key) === entry);
  }

  /** A call for it is under way: nothing may push it out. */
  keep(entry: Entry): void {
    this.#kept.set(entry.key, entry);
  }

  /** Its call has ended: from now on it may be pushed out. */
  release(entry: Entry): void {
    if (entry.pins > 0 || !this.#kept.delete(entry.key)) return;
    // It is measured when it is new, and this one's payload has changed.
    this.#forget(entry);
    if (heldOf(entry.state) === undefined) this.#idle?.bare.set(entry.key, entry);
    else this.#idle?.filled.set(entry.key, entry);
  }

  /** Until it is unpinned as often, nothing may push it out, and it does not count. */
  pin(entry: Entry): void {
    entry.pins += 1;
    this.#kept.set(entry.key, entry);
    this.#forget(entry);
  }

  unpin(entry: Entry): void {
    entry.pins -= 1;
    if (entry.flight === undefined) this.release(entry);
  }

  *all(): Generator<Entry> {
    yield* this.#kept.values();
    for (const room of this.#rooms()) for (const entry of room.values()) if (!this.#kept.has(entry.key)) yield entry;
  }

  clear(): void {
    for (const room of this.#rooms()) room.clear();
    this.#kept.clear();
  }

  #forget({ key }: Entry): void {
    for (const room of this.#rooms()) room.delete(key);
  }

  #rooms(): readonly LRUCache<string, Entry>[] {
    return this.#idle === undefined ? [] : [this.#idle.filled, this.#idle.bare];
  }

  #open(): void {
    const Room = boundedMap();
    if (Room === undefined || this.#idle !== undefined) return;
    const { maxEntries: max, maxBytes: maxSize } = this.#limits;
    this.#idle = { filled: new Room({ max, maxSize, sizeCalculation: sizeOf }), bare: new Room({ max }) };
  }
}

/** What it holds of payload, also for readers who refuse the newest. */
function sizeOf({ state, earlier }: Entry): number {
  return earlier.reduce((size, { loaded }) => size + loaded.size, 1 + (heldOf(state)?.record.size ?? 0));
}
