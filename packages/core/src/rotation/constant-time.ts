/**
 * Whether two values are the same, in a time that does not depend on where they differ. Both are hashed first, so that
 * their lengths do not show either.
 */
export function constantTimeEquals(one: string | Uint8Array, other: string | Uint8Array): boolean {
  // Loaded on first use: most programs never compare, and it is the slowest module to load of all that are used here.
  const { createHash, timingSafeEqual } = process.getBuiltinModule("node:crypto");
  const digest = (value: string | Uint8Array) => createHash("sha256").update(value).digest();
  return timingSafeEqual(digest(one), digest(other));
}
