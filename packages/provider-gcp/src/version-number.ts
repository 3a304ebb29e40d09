import type { SecretPath } from "./secret-path.ts";

const versionName = /^projects\/[^/]+(?:\/locations\/([^/]+))?\/secrets\/([^/]+)\/versions\/([1-9]\d{0,17})$/;

/** The number in a version's resource name; undefined for a name that is not one of this secret's versions. */
export function versionNumberIn(name: unknown, { location, secretId }: SecretPath): string | undefined {
  if (typeof name !== "string") return undefined;
  const [, itsLocation, itsSecret, number] = versionName.exec(name) ?? [];
  // Of the project the service answers the number, whatever was asked by.
  return itsLocation === location && itsSecret === secretId ? number : undefined;
}
