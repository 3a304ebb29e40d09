import { createHash, timingSafeEqual } from "node:crypto";

/**
 * Whether two values are the same, in a time that does not depend on where they differ. Both are hashed first, so that
 * their lengths do not show either.
 */
export function constantTimeEquals(one: string | Uint8Array, other: string | Uint8Array): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(value: string | Uint8Array): Buffer {
  return createHash("sha256").update(value).digest();
}
