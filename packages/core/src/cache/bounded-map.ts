import type { LRUCache } from "lru-cache";

let loaded: typeof LRUCache | undefined;

/** The class, once it is here. */
export function boundedMap(): typeof LRUCache | undefined {
  return loaded;
}

/**
 * Brings it: once per process, before the first call to a store. A program that imports this library, and perhaps reads no
 * secret, does not load it.
 */
export async function loadBoundedMap(): Promise<void> {
  if (loaded === undefined) useBoundedMap((await import("lru-cache")).LRUCache);
}

/** For those who have it already. */
export function useBoundedMap(bounded: typeof LRUCache): void {
  loaded = bounded;
}
