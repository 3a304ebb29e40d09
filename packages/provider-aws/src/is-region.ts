const regionPattern = /^[a-z][a-z0-9-]{1,61}[a-z0-9]$/;

/** It becomes a part of a host's name. */
export function isRegion(text: string): boolean {
  return regionPattern.test(text);
}
