import type { BigIntStats } from "node:fs";
import { constants } from "node:fs";
import { type FileHandle, lstat, open, realpath } from "node:fs/promises";
import { fsCode } from "./fs-failures.ts";
import { type ReadLimits, readBounded } from "./read-bounded.ts";

/** Why a path gives no bytes. `changed`: something moved meanwhile, and to try again is right. */
export type Obstacle = "absent" | "changed" | "folder" | "special" | "too-large" | "outside";

export type FileReading =
  | { readonly bytes: Uint8Array; readonly obstacle?: undefined }
  | { readonly obstacle: Obstacle; readonly bytes?: undefined };

// Without O_NONBLOCK the open of a FIFO waits for its writer. Windows has neither flag.
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);
const gone: ReadonlySet<string | undefined> = new Set(["ENOENT", "ENOTDIR", "ELOOP"]);

/**
 * Reads one regular file, all of it from one open handle.
 *
 * @param allowed Whether the path may be read, by its real path.
 * @throws What `node:fs` throws, apart from what an {@link Obstacle} says.
 */
export async function readRegularFile(
  path: string,
  limits: ReadLimits,
  allowed: (realPath: string) => boolean = () => true,
): Promise<FileReading> {
  const real = await realPathOf(path);
  if (real === undefined) return { obstacle: "absent" };
  if (!allowed(real)) return { obstacle: "outside" };
  let handle: FileHandle | undefined;
  try {
    limits.signal.throwIfAborted();
    // Before it is opened: to open a device may already act on it.
    const unsuitable = unsuitability(await lstat(real, { bigint: true }), limits);
    if (unsuitable !== undefined) return { obstacle: unsuitable };
    handle = await open(real, flags);
    return await readOpened(handle, path, real, limits);
  } catch (error) {
    // It was there a moment ago.
    if (gone.has(fsCode(error))) return { obstacle: "changed" };
    throw error;
  } finally {
    await handle?.close();
  }
}

async function readOpened(handle: FileHandle, path: string, real: string, limits: ReadLimits): Promise<FileReading> {
  const before = await handle.stat({ bigint: true });
  const unsuitable = unsuitability(before, limits);
  if (unsuitable !== undefined) return { obstacle: unsuitable };
  // What was judged must be what was opened, though a folder on the way became a link in between.
  const judged = (await realpath(path)) === real && sameFile(before, await lstat(real, { bigint: true }));
  if (!judged) return { obstacle: "changed" };
  const bytes = await readBounded(handle, Number(before.size), limits);
  if (bytes === undefined) return { obstacle: "too-large" };
  const after = await handle.stat({ bigint: true });
  return after.mtimeNs === before.mtimeNs && after.size === before.size ? { bytes } : { obstacle: "changed" };
}

/** Undefined where there is nothing. A circle of links is an error, not an absence. */
async function realPathOf(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch (error) {
    const code = fsCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
}

function unsuitability(stats: BigIntStats, limits: ReadLimits): Obstacle | undefined {
  if (stats.isDirectory()) return "folder";
  if (!stats.isFile()) return stats.isSymbolicLink() ? "changed" : "special";
  return stats.size > BigInt(limits.maxBytes) ? "too-large" : undefined;
}

function sameFile(one: BigIntStats, other: BigIntStats): boolean {
  return one.ino === other.ino && one.dev === other.dev;
}
