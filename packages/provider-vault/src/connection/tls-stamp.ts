import { join } from "node:path";
import type { PemPlace, TlsSettings } from "./tls-options.ts";

/** Changes with the files; undefined where one of them is not there. */
export async function stampOf({ ca, cert, key }: TlsSettings): Promise<string | undefined> {
  try {
    return (await Promise.all([ca, cert, key].map(placeStamp))).join("\n");
  } catch {
    return undefined;
  }
}

async function placeStamp(place: PemPlace | undefined): Promise<string> {
  if (place === undefined || "pem" in place) return "";
  const { readdir } = await import("node:fs/promises");
  if ("file" in place) return fileStamp(place.file);
  const names = (await readdir(place.folder)).filter((name) => !name.startsWith("."));
  const stamps = names.map(async (name) => `${name} ${await fileStamp(join(place.folder, name))}`);
  return (await Promise.all(stamps)).sort().join("\n");
}

async function fileStamp(file: string): Promise<string> {
  const { stat } = await import("node:fs/promises");
  // The inode too: a file that was moved into place may be as old and as long as the one before.
  const { mtimeMs, size, ino } = await stat(file);
  return `${mtimeMs} ${size} ${ino}`;
}
