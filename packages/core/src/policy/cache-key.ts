import type { VersionSelector } from "../source/secret-ref.ts";

// Names and source names hold no control characters, so NUL separates the parts without a chance of collision. Ids and
// labels are the last part: they may hold anything.

/** One record's key: the same for two refs exactly if they name the same version selector of the same secret. */
export function cacheKey(route: string, name: string, version: VersionSelector): string {
  if (typeof version === "string") return `${route}\0${name}\0${version}`;
  return "id" in version ? `${route}\0${name}\0id\0${version.id}` : `${route}\0${name}\0label\0${version.label}`;
}
