import { childrenOf, isPlain } from "./plain-tree.ts";

/**
 * Freezes a tree of plain objects and arrays through and through: parsed JSON, a config. Anything with a prototype of
 * its own (bytes, maps, dates, secrets, a schema's classes) is left as it is, and no getter is called.
 */
export function deepFreeze<T>(value: T): T {
  // A set that grows while it is walked: depth is the payload's choice, so no recursion, and cycles end by themselves.
  const reached = new Set<unknown>([value]);
  for (const node of reached) {
    if (!isPlain(node)) continue;
    Object.freeze(node);
    for (const child of childrenOf(node)) {
      if (typeof child === "object" && child !== null) reached.add(child);
    }
  }
  return value;
}
