import { createHmac, timingSafeEqual } from "node:crypto";

export function hmac(key: string, text: string): string {
  return createHmac("sha256", key).update(text).digest("base64url");
}

/** In constant time: both sides become digests of one length first. */
export function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(hmac("compare", given)), Buffer.from(hmac("compare", expected)));
}
