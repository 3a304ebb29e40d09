import { isAbsolute } from "node:path";

/** A path as an advice shows it. What is no path from the root may be the credential itself, put where its file belongs. */
export function shownPath(path: string): string {
  return isAbsolute(path) ? `\`${path}\`` : `named by a relative path below \`${process.cwd()}\``;
}
