import { spawnSync } from "node:child_process";
import { join } from "node:path";

const clock = join(import.meta.dirname, "../import/report-processor-time.cjs");

/** How often each program is run. */
export const importRuns = 200;

/**
 * Milliseconds of the processor that one program's imports take beyond another's: between the tenths of the runs, in turns,
 * that were disturbed least. What disturbs a process adds to its time, and knows nothing of the next one.
 */
export function addedImportMs(program: string, base: string): number {
  const [withIt, without]: [number[], number[]] = [[], []];
  for (let run = 0; run < importRuns; run++) {
    without.push(processorMs(base));
    withIt.push(processorMs(program));
  }
  return lowestTenth(withIt) - lowestTenth(without);
}

function lowestTenth(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[Math.ceil(times.length / 10) - 1] ?? Number.NaN;
}

function processorMs(program: string): number {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--require", clock, program], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} failed:\n${stderr}`);
  return Number(stdout) / 1000;
}
