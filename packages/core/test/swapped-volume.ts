import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { swapVolume } from "./kubelet-volume.ts";
import { tempFolder } from "./temp-folder.ts";

/** What the worker has to do. */
export interface Swapping {
  readonly path: string;
  readonly swaps: number;
}

/** What a swap puts into the volume: every key says by which swap it came. */
export function keysOf(link: string) {
  return { password: `password of ${link}`, username: `username of ${link}` };
}

/** A folder that holds one volume, `db`. */
export function volumeFolder(): { readonly directory: string; readonly path: string } {
  const directory = tempFolder();
  const path = join(directory, "db");
  mkdirSync(path);
  swapVolume(path, keysOf);
  return { directory, path };
}

/** Swaps the volume so many times while the readers read again and again. Gives the last link. */
export async function swapUnder(readers: readonly (() => Promise<void>)[], swapping: Swapping): Promise<string> {
  let last: string | undefined;
  const worker = new Worker(new URL("./swapping-worker.ts", import.meta.url), { workerData: swapping });
  const swapped = once(worker, "message").then(([link]: string[]) => {
    last = link;
  });
  const reading = readers.map(async (read) => {
    while (last === undefined) {
      await read();
      // Also where every answer comes from memory, the worker's word has its turn.
      await nextTurn();
    }
  });
  await Promise.all([...reading, swapped]);
  await worker.terminate();
  return last ?? "";
}
