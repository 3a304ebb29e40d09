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

/**
 * All entries of an instance: those with a call under way and those that are pinned are kept, the others are bounded
 * by number and by payload, least recently used first out.
 */
export class EntryStore {
  readonly #limits: StoreLimits;
  readonly #kept = new Map<string, Entry>();
  #idle: LRUCache<string, Entry> | undefined;

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
    const found = idle === undefined ? undefined : idle.get(key);
    return found === undefined ? this.#kept.get(key) : found;
  }

  /** A call for it is under way: nothing may push it out. */
  keep(entry: Entry): void {
    this.#kept.set(entry.key, entry);
  }

  /** Its call has ended: from now on it may be pushed out. */
  release(entry: Entry): void {
    if (entry.pins > 0 || !this.#kept.delete(entry.key)) return;
    // The store measures an item when it is new to it, and this one's payload has changed.
    this.#idle?.delete(entry.key);
    this.#idle?.set(entry.key, entry);
  }

  /** Until it is unpinned as often, nothing may push it out, and it does not count. */
  pin(entry: Entry): void {
    entry.pins += 1;
    this.#kept.set(entry.key, entry);
    this.#idle?.delete(entry.key);
  }

  unpin(entry: Entry): void {
    entry.pins -= 1;
    if (entry.flight === undefined) this.release(entry);
  }

  *all(): Generator<Entry> {
    yield* this.#kept.values();
    for (const entry of this.#idle?.values() ?? []) if (!this.#kept.has(entry.key)) yield entry;
  }

  clear(): void {
    this.#idle?.clear();
    this.#kept.clear();
  }

  #open(): void {
    const Bounded = boundedMap();
    if (Bounded === undefined) return;
    this.#idle ??= new Bounded({
      max: this.#limits.maxEntries,
      maxSize: this.#limits.maxBytes,
      sizeCalculation: (entry: Entry) => 1 + (heldOf(entry.state)?.record.size ?? 0),
    });
  }
}
