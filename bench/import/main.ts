import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { type Gate, judge } from "../lib/gate.ts";
import { median } from "../lib/median.ts";
import { rounded, thisMachine, writeResults } from "../lib/results.ts";
import type { ImportFigures } from "./figures.ts";

const runs = 60;

const programs = [
  { what: "nothing: a bare Node start", file: "bare.mjs" },
  { what: "`@secretsource/core`, ESM", file: "with-core.mjs" },
  { what: "`@secretsource/core`, CJS", file: "with-core.cjs" },
  { what: "`lru-cache` alone", file: "with-lru-cache.mjs" },
  { what: "`node:fs` and `node:fs/promises` alone", file: "with-fs.mjs" },
];

/** Milliseconds from the start of a Node process to its end. */
function processMs(program: string): number {
  const from = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, program)], { encoding: "utf8" });
  const ms = performance.now() - from;
  if (status !== 0) throw new Error(`${program} failed:\n${stderr}`);
  return ms;
}

const measured = programs.map(({ what, file }) => ({ what, file, times: [] as number[] }));
for (const { file } of measured) processMs(file);
for (let run = 0; run < runs; run++) {
  // In turns, so that what disturbs the machine disturbs all alike.
  const turns = [...measured.slice(run % measured.length), ...measured.slice(0, run % measured.length)];
  for (const { file, times } of turns) times.push(processMs(file));
}

const bare = measured[0]?.times ?? [];
const figures: ImportFigures = {
  runs,
  programs: measured.map(({ what, times }) => ({
    what,
    ms: rounded(median(times)),
    overBareMs: rounded(median(times.map((ms, run) => ms - (bare[run] ?? Number.NaN)))),
    toBare: rounded(median(times.map((ms, run) => ms / (bare[run] ?? Number.NaN)))),
  })),
};
const gates: Gate[] = [
  {
    what: "`import` of `@secretsource/core` over a bare Node start",
    measured: figures.programs[1]?.overBareMs ?? Number.NaN,
    limit: { atMost: 10 },
    unit: "ms",
  },
];
writeResults("import", { command: "pnpm bench", machine: thisMachine(), gates, figures });
judge(gates);
for (const { what, ms, overBareMs } of figures.programs) console.log(`${ms} ms, + ${overBareMs} ms  ${what}`);
