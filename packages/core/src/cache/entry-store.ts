import { LRUCache } from "lru-cache";
import { heldOf } from "../state/entry-state.ts";
import type { Entry } from "./entry.ts";

/**
 * All entries of an instance: those with a call under way and those that are pinned are kept, the others are bounded
 * by number and by payload, least recently used first out.
 */
export class EntryStore {
  readonly #idle: LRUCache<string, Entry>;
  readonly #kept = new Map<string, Entry>();

  constructor(limits: { readonly maxEntries: number; readonly maxBytes: number }) {
    this.#idle = new LRUCache({
      max: limits.maxEntries,
      maxSize: limits.maxBytes,
      sizeCalculation: (entry) => 1 + (heldOf(entry.state)?.record.size ?? 0),
    });
  }

  get(key: string): Entry | undefined {
    return this.#idle.get(key) ?? this.#kept.get(key);
  }

  /** A call for it is under way: nothing may push it out. */
  keep(entry: Entry): void {
    this.#kept.set(entry.key, entry);
  }

  /** Its call has ended: from now on it may be pushed out. */
  release(entry: Entry): void {
    if (entry.pins > 0 || !this.#kept.delete(entry.key)) return;
    // The store measures an item when it is new to it, and this one's payload has changed.
    this.#idle.delete(entry.key);
    this.#idle.set(entry.key, entry);
  }

  /** Until it is unpinned as often, nothing may push it out, and it does not count. */
  pin(entry: Entry): void {
    entry.pins += 1;
    this.#kept.set(entry.key, entry);
    this.#idle.delete(entry.key);
  }

  unpin(entry: Entry): void {
    entry.pins -= 1;
    if (entry.flight === undefined) this.release(entry);
  }

  *all(): Generator<Entry> {
    yield* this.#kept.values();
    for (const entry of this.#idle.values()) if (!this.#kept.has(entry.key)) yield entry;
  }

  clear(): void {
    this.#idle.clear();
    this.#kept.clear();
  }
}
