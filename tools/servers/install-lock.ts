import { rmSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { claim } from "./pid-note.ts";

/** One installation at a time: several checkouts may share the folder. */
export async function withInstallLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const note = `${folder}.lock`;
  while (!claim(note)) await delay(500);
  try {
    return await work();
  } finally {
    rmSync(note, { force: true });
  }
}
