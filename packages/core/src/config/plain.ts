/** An object literal, parsed JSON, `Object.create(null)`; of whichever realm, since test runners have several. */
export function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || (Object.getPrototypeOf(prototype) === null && isPrototypeOfClass(prototype));
}

export function isPlainList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && Object.getPrototypeOf(value) === Array.prototype;
}

/** A class's prototype knows its class; that of `{ __proto__: { ... } }` does not. */
export function isPrototypeOfClass(prototype: unknown): boolean {
  if (typeof prototype !== "object" || prototype === null) return false;
  return typeof Object.getOwnPropertyDescriptor(prototype, "constructor")?.value === "function";
}
