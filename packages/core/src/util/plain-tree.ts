/** An object literal or an array, as JSON has them; nothing with a prototype of its own. */
export function isPlain(node: unknown): node is object {
  if (typeof node !== "object" || node === null) return false;
  const prototype: unknown = Object.getPrototypeOf(node);
  return Array.isArray(node) ? prototype === Array.prototype : prototype === Object.prototype || prototype === null;
}

/** What a plain node holds. No getter is called. */
export function childrenOf(node: object): unknown[] {
  // Descriptors of a long array cost a string per element.
  if (Array.isArray(node)) return Object.values(node);
  return Reflect.ownKeys(node).map((key) => Reflect.getOwnPropertyDescriptor(node, key)?.value);
}
