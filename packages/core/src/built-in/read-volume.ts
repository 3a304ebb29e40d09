import { realpath } from "node:fs/promises";
import { join, resolve } from "node:path";
import { displayName } from "../errors/display-name.ts";
import type { SecretRecord } from "../source/secret-record.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import { filePayload } from "./file-payload.ts";
import type { FolderLimits } from "./folder-limits.ts";
import { fsCode } from "./fs-failures.ts";
import { obstacleFailure } from "./obstacle-failure.ts";
import { readRegularFile } from "./read-regular-file.ts";
import { type Volume, volumeLink } from "./volume-link.ts";
import { readVolumeSet } from "./volume-set.ts";

/**
 * One key of a volume, or all of them. Everything is read below the link's target, and holds only if the link still
 * leads there afterwards: so all keys, and the version, are of one swap.
 */
export async function readVolume(
  volume: Volume,
  limits: FolderLimits,
): Promise<SecretRecord | SourceFailure | "changed"> {
  const answer = await readContents(volume, limits);
  return (await volumeLink(volume.folder)) === volume.link ? answer : "changed";
}

async function readContents(volume: Volume, limits: FolderLimits): Promise<SecretRecord | SourceFailure | "changed"> {
  const contents = await realContents(volume);
  if (contents === undefined) return "changed";
  if (!limits.allowed(contents))
    return obstacleFailure("outside", displayName(join(volume.folder, "..data")), limits.maxBytes);
  const path = join(contents, ...volume.rest);
  const reading = await readRegularFile(path, limits, limits.allowed);
  if (reading.bytes !== undefined) {
    return { payload: filePayload(reading.bytes, limits.stripFinalNewline), version: volume.link };
  }
  if (reading.obstacle === "changed") return "changed";
  if (reading.obstacle === "absent") {
    return { failure: "not-found", advice: `The volume has no key ${displayName(volume.rest.join("/"))}.` };
  }
  if (reading.obstacle !== "folder") return obstacleFailure(reading.obstacle, displayName(path), limits.maxBytes);
  const set = await readVolumeSet(path, limits);
  return set === "changed" || set.failure !== undefined ? set : { ...set, version: volume.link };
}

/** Undefined where the link leads nowhere: the contents were just replaced, or are not there yet. */
async function realContents(volume: Volume): Promise<string | undefined> {
  try {
    return await realpath(resolve(volume.folder, volume.link));
  } catch (error) {
    if (fsCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
