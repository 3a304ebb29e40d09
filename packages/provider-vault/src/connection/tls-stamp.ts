import { join } from "node:path";
import { fileStamp } from "./file-stamp.ts";
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
  if ("file" in place) return fileStamp(place.file);
  const { readdir } = await import("node:fs/promises");
  const names = (await readdir(place.folder)).filter((name) => !name.startsWith("."));
  const stamps = names.map(async (name) => `${name} ${await fileStamp(join(place.folder, name))}`);
  return (await Promise.all(stamps)).sort().join("\n");
}
