import { join } from "node:path";
import { displayName } from "../errors/display-name.ts";
import type { SecretRecord } from "../source/secret-record.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import { danglingLink } from "./dangling-link.ts";
import { filePayload } from "./file-payload.ts";
import type { FileReader } from "./file-reader.ts";
import type { FolderLimits } from "./folder-limits.ts";
import { folderRoot, isBelow } from "./folder-root.ts";
import { obstacleFailure } from "./obstacle-failure.ts";
import { readRegularFile } from "./read-regular-file.ts";
import { readVolume } from "./read-volume.ts";
import { secretPath } from "./secret-path.ts";
import { steadily } from "./steadily.ts";
import { findVolume } from "./volume-link.ts";

export interface FolderReaderOptions {
  readonly directory: string;
  readonly stripFinalNewline: boolean;
  readonly maxBytes: number;
}

/** Reads secrets from the files below a folder. */
export function folderReader(options: FolderReaderOptions): FileReader {
  return async (name, signal) => {
    const segments = secretPath(name);
    if ("failure" in segments) return segments;
    return steadily(signal, async () => {
      const root = await folderRoot(options.directory);
      if (typeof root !== "string") return root;
      const limits: FolderLimits = { ...options, signal, allowed: (realPath) => isBelow(root, realPath) };
      const volume = await findVolume(root, segments);
      return volume === undefined ? readPlain(root, segments, limits) : readVolume(volume, limits);
    });
  };
}

async function readPlain(
  root: string,
  segments: readonly string[],
  limits: FolderLimits,
): Promise<SecretRecord | SourceFailure | "changed"> {
  const path = join(root, ...segments);
  const reading = await readRegularFile(path, limits, limits.allowed);
  if (reading.bytes !== undefined) return { payload: filePayload(reading.bytes, limits.stripFinalNewline) };
  if (reading.obstacle === "changed") return "changed";
  if (reading.obstacle === "absent") return absence(root, segments);
  // A folder that nobody swaps as a whole could only be read file by file, with a change in between.
  if (reading.obstacle === "folder") return noSet(path);
  return obstacleFailure(reading.obstacle, displayName(path), limits.maxBytes);
}

async function absence(root: string, segments: readonly string[]): Promise<SourceFailure | "changed"> {
  const dangling = await danglingLink(root, segments);
  if (dangling !== undefined) {
    return {
      failure: "unavailable",
      advice: `The symbolic link ${displayName(dangling)} leads nowhere: check its mount.`,
    };
  }
  const stillThere = await folderRoot(root);
  if (typeof stillThere !== "string") return "changed";
  return {
    failure: "not-found",
    advice: `There is no file ${displayName(join(root, ...segments))}: create it, or correct the secret's name.`,
  };
}

function noSet(path: string): SourceFailure {
  return {
    failure: "invalid-request",
    advice: `${displayName(path)} is a plain folder, whose files may change one by one: ask for one of its files, or write them as one JSON file of that name. Only a volume with a \`..data\` link is read as a set.`,
  };
}
