import { readlink } from "node:fs/promises";
import { join } from "node:path";
import { fsCode } from "./fs-failures.ts";

/** A folder that its keeper swaps as a whole, as the kubelet does, and which of its contents is in place. */
export interface Volume {
  readonly folder: string;
  /** The target of `..data`: the name of the contents, new at every swap. */
  readonly link: string;
  /** The rest of the secret's path, below the contents. */
  readonly rest: readonly string[];
}

// EINVAL, UNKNOWN: `..data` is there but no link, as in a copy that followed the links.
const noLink: ReadonlySet<string | undefined> = new Set(["ENOENT", "ENOTDIR", "EINVAL", "UNKNOWN"]);

/** The innermost volume that the path leads into or names; undefined where there is none. */
export async function findVolume(root: string, segments: readonly string[]): Promise<Volume | undefined> {
  for (let depth = segments.length; depth >= 0; depth -= 1) {
    const folder = join(root, ...segments.slice(0, depth));
    const link = await volumeLink(folder);
    if (link !== undefined) return { folder, link, rest: segments.slice(depth) };
  }
  return undefined;
}

/** The target of the folder's `..data`, or undefined where it has none. */
export async function volumeLink(folder: string): Promise<string | undefined> {
  try {
    return await readlink(join(folder, "..data"));
  } catch (error) {
    if (noLink.has(fsCode(error))) return undefined;
    throw error;
  }
}
