import type { Lane } from "../fetch/lane.ts";
import type { Entry } from "./entry.ts";

/**
 * The entries that name a version by its id or label, by their secret. The entry of a stage is found by its key; of these
 * there may be any number, and a flood of hints must not look through all entries for them.
 */
export class VersionIndex {
  readonly #entries = new Map<string, Set<Entry>>();

  add(entry: Entry): void {
    if (typeof entry.ref.version === "string") return;
    const key = keyOf(entry.lane, entry.ref.name);
    const named = this.#entries.get(key);
    if (named === undefined) this.#entries.set(key, new Set([entry]));
    else named.add(entry);
  }

  remove(entry: Entry): void {
    if (typeof entry.ref.version === "string") return;
    const key = keyOf(entry.lane, entry.ref.name);
    const named = this.#entries.get(key);
    if (named?.delete(entry) && named.size === 0) this.#entries.delete(key);
  }

  of(lane: Lane, name: string): readonly Entry[] {
    return [...(this.#entries.get(keyOf(lane, name)) ?? [])];
  }

  clear(): void {
    this.#entries.clear();
  }
}

function keyOf({ name: route }: Lane, name: string): string {
  return `${route}\0${name}`;
}
