import { setTimeout as pause } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { swapVolume } from "./kubelet-volume.ts";
import { keysOf, type Swapping } from "./swapped-volume.ts";

// On a thread of its own, so that a swap comes whenever it likes: also between two steps of a read.
const { path, swaps } = workerData as Swapping;
let latest = "";
for (let count = 0; count < swaps; count += 1) {
  latest = swapVolume(path, keysOf);
  // Now and then two come at once.
  if (count % 4 !== 0) await pause((count % 4) * 4);
}
parentPort?.postMessage(latest);
