import { printableName } from "./printable-name.ts";

/** A name as it stands in a message: quoted, so that one sees where it begins and ends. */
export function displayName(name: string): string {
  return `"${printableName(name)}"`;
}
