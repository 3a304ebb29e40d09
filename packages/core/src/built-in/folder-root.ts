import { realpath, stat } from "node:fs/promises";
import { sep } from "node:path";
import { displayName } from "../errors/display-name.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import { fsCode, fsFailure } from "./fs-failures.ts";

/** The real path of the source's folder, or why it cannot be used. Never `not-found`: nobody could look. */
export async function folderRoot(directory: string): Promise<string | SourceFailure> {
  const shown = displayName(directory);
  try {
    const root = await realpath(directory);
    if ((await stat(root)).isDirectory()) return root;
    return {
      failure: "unavailable",
      advice: `${shown} is not a folder: give a file by \`file\`, not by \`directory\`.`,
    };
  } catch (error) {
    const failure = fsFailure(error);
    if (failure === undefined) throw error;
    if (fsCode(error) !== "ENOENT") return { ...failure, advice: `${shown} cannot be used. ${failure.advice ?? ""}` };
    return {
      ...failure,
      advice: `The folder ${shown} does not exist: create it, mount the volume, or correct the path.`,
    };
  }
}

/** Whether a real path lies below a real folder. */
export function isBelow(root: string, realPath: string): boolean {
  return realPath.startsWith(root.endsWith(sep) ? root : root + sep);
}
