import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { difference, quietRounds } from "./take-turns.ts";

const clock = join(import.meta.dirname, "../import/report-processor-time.cjs");

/** Milliseconds of the processor that one program's imports take beyond another's, in turns; the median of the quiet rounds. */
export function addedImportMs(program: string, base: string, rounds: number): number {
  processorMs(program);
  const measured = { with: [] as number[], without: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    measured.without.push(processorMs(base));
    measured.with.push(processorMs(program));
  }
  return difference(quietRounds(measured), "with", "without");
}

function processorMs(program: string): number {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--require", clock, program], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} failed:\n${stderr}`);
  return Number(stdout) / 1000;
}
