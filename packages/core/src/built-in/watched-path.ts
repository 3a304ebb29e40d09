import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fsCode } from "./fs-failures.ts";

/** Where a secret's file lies: the path from a folder to it. */
export interface WatchedPath {
  readonly folder: string;
  readonly segments: readonly string[];
}

/** A folder on the way to a secret, as it is at this moment. */
export interface FolderOnPath {
  readonly folder: string;
  /** Another one in its place has another. */
  readonly identity: string;
  /** When an entry of it was last added, removed or replaced; to be compared alone. */
  readonly changedAt: bigint;
  /** The entry that leads on; undefined at the end of the path. */
  readonly next: string | undefined;
}

const absent: ReadonlySet<string | undefined> = new Set(["ENOENT", "ENOTDIR", "ESTALE"]);

/** The folders of the path that are there, outermost first; the secret itself among them where it is a volume. */
export async function foldersOnPath({ folder, segments }: WatchedPath): Promise<readonly FolderOnPath[]> {
  const found: FolderOnPath[] = [];
  for (let depth = 0; depth <= segments.length; depth += 1) {
    const path = join(folder, ...segments.slice(0, depth));
    const stats = await folderStats(path);
    if (stats === undefined) return found;
    found.push({ folder: path, ...stats, next: segments[depth] });
  }
  return found;
}

/** A path that may be a folder of secrets or one file of them is watched as what it is now. */
export async function undecidedPath(path: string, below: WatchedPath): Promise<WatchedPath> {
  return (await folderStats(path)) === undefined ? ownPath(path) : below;
}

/** One file, seen from its folder. */
export function ownPath(file: string): WatchedPath {
  return { folder: dirname(file), segments: [basename(file)] };
}

/** Undefined where there is no folder. The numbers of a removed one are given out again, its birth is not. */
async function folderStats(path: string): Promise<Pick<FolderOnPath, "identity" | "changedAt"> | undefined> {
  try {
    const found = await stat(path, { bigint: true });
    if (!found.isDirectory()) return undefined;
    return { identity: `${found.dev}:${found.ino}:${found.birthtimeNs}`, changedAt: found.mtimeNs };
  } catch (error) {
    if (absent.has(fsCode(error))) return undefined;
    throw error;
  }
}
