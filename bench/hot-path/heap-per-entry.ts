import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { median } from "../lib/median.ts";

const runs = 7;

/** Bytes that an entry adds to its payload, its share of a full instance included. Median of fresh processes. */
export function heapPerEntry(): number {
  return median(Array.from({ length: runs }, measured));
}

function measured(): number {
  const program = join(import.meta.dirname, "heap-of-entries.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", program], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} failed:\n${stderr}`);
  return Number(stdout);
}
