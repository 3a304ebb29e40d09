import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { median } from "./median.ts";

const clock = join(import.meta.dirname, "../import/report-processor-time.cjs");

/** Milliseconds of the processor that one program's imports take beyond another's, in turns; the median. */
export function addedImportMs(program: string, base: string, rounds: number): number {
  processorMs(program);
  const differences = Array.from({ length: rounds }, () => {
    const without = processorMs(base);
    return processorMs(program) - without;
  });
  return median(differences);
}

function processorMs(program: string): number {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--require", clock, program], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} failed:\n${stderr}`);
  return Number(stdout) / 1000;
}
