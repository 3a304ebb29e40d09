import { LRUCache } from "lru-cache";
import type { Lane } from "../fetch/lane.ts";
import { heldOf } from "../state/entry-state.ts";
import type { Entry } from "./entry.ts";
import { VersionIndex } from "./version-index.ts";

/** How much an instance keeps. */
export interface StoreLimits {
  readonly maxEntries: number;
  /** Of payload. */
  readonly maxBytes: number;
}

/**
 * All entries of an instance: those with a call under way and those that are pinned are kept, the others are bounded
 * by number and by payload, least recently used first out. Those that hold nothing have a room of their own, so that made-up
 * names push no record out.
 */
export class EntryStore {
  readonly #kept = new Map<string, Entry>();
  readonly #versions = new VersionIndex();
  /** Entries with a record. */
  readonly #filled: LRUCache<string, Entry>;
  /** Entries without one: what is remembered of them is a failure, an absent name's above all. */
  readonly #bare: LRUCache<string, Entry>;

  constructor({ maxEntries: max, maxBytes: maxSize }: StoreLimits) {
    const dispose = (entry: Entry) => {
      if (this.#kept.get(entry.key) !== entry) this.#versions.remove(entry);
    };
    const room = () => new LRUCache<string, Entry>({ max, maxSize, sizeCalculation: sizeOf, dispose });
    this.#filled = room();
    this.#bare = room();
  }

  get(key: string): Entry | undefined {
    // Spelt out, since every hit comes by: the CommonJS build makes closures of `??`.
    const found = this.#filled.get(key);
    return found === undefined ? (this.#bare.get(key) ?? this.#kept.get(key)) : found;
  }

  /** It has not been pushed out. A look that is no use: it stays as far from being pushed out as it was. */
  holds(entry: Entry): boolean {
    const { key } = entry;
    return this.#kept.get(key) === entry || this.#peek(key) === entry;
  }

  /** Those of the keys that are here, and those that name a version of the secret. No use of any of them either. */
  named(keys: readonly string[], lane: Lane, name: string): readonly Entry[] {
    const found = keys.flatMap((key) => this.#kept.get(key) ?? this.#peek(key) ?? []);
    return [...found, ...this.#versions.of(lane, name)];
  }

  /** A call for it is under way: nothing may push it out. */
  keep(entry: Entry): void {
    this.#kept.set(entry.key, entry);
    this.#versions.add(entry);
  }

  /** Its call has ended: from now on it may be pushed out. */
  release(entry: Entry): void {
    if (entry.pins > 0 || !this.#kept.delete(entry.key)) return;
    // It is measured when it is new, and this one's payload has changed.
    this.#forget(entry);
    const room = heldOf(entry.state) === undefined ? this.#bare : this.#filled;
    room.set(entry.key, entry);
    // One that is larger than all that may be kept is in no room.
    if (this.holds(entry)) this.#versions.add(entry);
    else this.#versions.remove(entry);
  }

  /** Until it is unpinned as often, nothing may push it out, and it does not count. */
  pin(entry: Entry): void {
    entry.pins += 1;
    this.#kept.set(entry.key, entry);
    this.#versions.add(entry);
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
    this.#versions.clear();
  }

  #forget({ key }: Entry): void {
    for (const room of this.#rooms()) room.delete(key);
  }

  #peek(key: string): Entry | undefined {
    return this.#filled.peek(key) ?? this.#bare.peek(key);
  }

  #rooms(): readonly LRUCache<string, Entry>[] {
    return [this.#filled, this.#bare];
  }
}

/** What it holds of payload, also for readers who refuse the newest, and of what was refused. */
function sizeOf({ state, earlier, refusal, told }: Entry): number {
  const held = heldOf(state)?.record;
  const refused = refusal?.loaded ?? told.rejected?.loaded;
  const alone = refused === undefined || refused.decoded === held?.decoded ? 0 : refused.size;
  return earlier.reduce((size, { loaded }) => size + loaded.size, 1 + (held?.size ?? 0) + alone);
}
