import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { median } from "../lib/median.ts";

const entries = 1000;
const runs = 7;

/** Bytes that one of 1,000 entries adds to its payload, the instance itself included. Median of fresh processes. */
export function heapPerEntry(): number {
  return median(Array.from({ length: runs }, () => heldBytes(entries))) / entries;
}

function heldBytes(count: number): number {
  const program = join(import.meta.dirname, "heap-of-entries.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", program, String(count)], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${program} failed:\n${stderr}`);
  return Number(stdout);
}
