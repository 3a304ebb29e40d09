import { childrenOf, isPlain } from "../util/plain-tree.ts";

/** A value with bytes in it. Everybody who reveals it gets bytes of their own, since bytes are there to be wiped. */
export class CopiedAtReveal<T> {
  readonly #original: T;

  private constructor(original: T) {
    this.#original = original;
  }

  /**
   * The value as it is, or for copying where it holds a Uint8Array: itself, or in plain objects and arrays. What has a
   * prototype of its own (a map, an instance of a class) is the schema's, and not looked into.
   */
  static of<T>(value: T): T | CopiedAtReveal<T> {
    return holdsBytes(value) ? new CopiedAtReveal(value) : value;
  }

  copy(): T {
    return copyOf(this.#original);
  }
}

function holdsBytes(value: unknown): boolean {
  if (typeof value !== "object") return false;
  const reached = new Set<unknown>([value]);
  for (const node of reached) {
    if (node instanceof Uint8Array) return true;
    if (isPlain(node)) for (const child of childrenOf(node)) reached.add(child);
  }
  return false;
}

/** The tree again: plain containers and bytes anew, frozen as they were, everything else shared. */
function copyOf<T>(value: T): T {
  const copies = new Map<unknown, unknown>();
  const reached = new Set<unknown>([value]);
  for (const node of reached) {
    if (node instanceof Uint8Array) copies.set(node, bytesOf(node));
    if (!isPlain(node)) continue;
    copies.set(node, Array.isArray(node) ? [] : Object.create(Object.getPrototypeOf(node)));
    for (const child of childrenOf(node)) reached.add(child);
  }
  // No recursion: how deep it goes is the payload's choice.
  for (const [node, copy] of copies) if (isPlain(node)) fill(copy as object, node, copies);
  return (copies.get(value) ?? value) as T;
}

function fill(copy: object, node: object, copies: ReadonlyMap<unknown, unknown>): void {
  for (const key of Reflect.ownKeys(node)) {
    const property = Reflect.getOwnPropertyDescriptor(node, key);
    if (property === undefined) continue;
    if ("value" in property) property.value = copies.get(property.value) ?? property.value;
    Object.defineProperty(copy, key, property);
  }
  if (Object.isFrozen(node)) Object.freeze(copy);
}

function bytesOf<Bytes extends Uint8Array>(bytes: Bytes): Bytes {
  // Not its own `slice`: that of a Buffer, which a schema may give, is a view.
  return Uint8Array.prototype.slice.call(bytes) as Bytes;
}
