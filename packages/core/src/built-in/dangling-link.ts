import { lstat, stat } from "node:fs/promises";
import { join } from "node:path";
import { fsCode } from "./fs-failures.ts";

/** The first symbolic link on the way to a missing file that leads nowhere: the secret is not absent, its mount is. */
export async function danglingLink(root: string, segments: readonly string[]): Promise<string | undefined> {
  let path = root;
  for (const segment of segments) {
    path = join(path, segment);
    if (!(await exists(path, lstat))) return undefined;
    if (!(await exists(path, stat))) return path;
  }
  return undefined;
}

async function exists(path: string, look: (path: string) => Promise<unknown>): Promise<boolean> {
  try {
    await look(path);
    return true;
  } catch (error) {
    const code = fsCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return false;
    throw error;
  }
}
