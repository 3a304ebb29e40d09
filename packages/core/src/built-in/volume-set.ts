import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { displayName } from "../errors/display-name.ts";
import type { SecretRecord } from "../source/secret-record.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import { filePayload } from "./file-payload.ts";
import type { FolderLimits } from "./folder-limits.ts";
import { fsCode } from "./fs-failures.ts";
import { obstacleFailure } from "./obstacle-failure.ts";
import { readRegularFile } from "./read-regular-file.ts";

const mostKeys = 1000;

/**
 * The contents of a volume as one secret: JSON text of its keys. A key in a sub-folder is named by its path. Whether
 * the volume was swapped meanwhile is the caller's question.
 */
export async function readVolumeSet(
  folder: string,
  limits: FolderLimits,
): Promise<SecretRecord | SourceFailure | "changed"> {
  const paths = await filesBelow(folder);
  if (paths === undefined) return "changed";
  if (paths.length > mostKeys) return { failure: "unsupported", advice: `The volume has more than ${mostKeys} keys.` };
  const values: Record<string, string> = Object.create(null);
  let left = limits.maxBytes;
  for (const path of paths) {
    const reading = await readRegularFile(path, { ...limits, maxBytes: left }, limits.allowed);
    if (reading.obstacle === "absent" || reading.obstacle === "changed") return "changed";
    if (reading.bytes === undefined) return obstacleFailure(reading.obstacle, displayName(path), limits.maxBytes);
    const key = relative(folder, path).replaceAll(sep, "/");
    const value = filePayload(reading.bytes, limits.stripFinalNewline);
    if (typeof value !== "string") return notText(key);
    values[key] = value;
    left -= reading.bytes.length;
  }
  return { payload: JSON.stringify(values) };
}

/** Sorted, so that the same contents give the same text; undefined where the folder vanished. */
async function filesBelow(folder: string): Promise<string[] | undefined> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    if (fsCode(error) === "ENOENT") return undefined;
    throw error;
  }
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function notText(key: string): SourceFailure {
  return {
    failure: "unsupported",
    advice: `The volume's key ${displayName(key)} is not UTF-8 text, so that the volume cannot be given as one JSON text: ask for its keys one by one.`,
  };
}
