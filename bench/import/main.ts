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

interface Run {
  readonly processorMs: number;
  readonly elapsedMs: number;
}

function run(program: string): Run {
  const path = (file: string) => join(import.meta.dirname, file);
  const from = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--require", path("report-processor-time.cjs"), path(program)],
    { encoding: "utf8" },
  );
  const elapsedMs = performance.now() - from;
  if (status !== 0) throw new Error(`${program} failed:\n${stderr}`);
  return { processorMs: Number(stdout) / 1000, elapsedMs };
}

const measured = programs.map(({ what, file }) => ({ what, file, ran: [] as Run[] }));
for (const { file } of measured) run(file);
for (let round = 0; round < runs; round++) {
  // In turns, so that what disturbs the machine disturbs all alike.
  const turns = [...measured.slice(round % measured.length), ...measured.slice(0, round % measured.length)];
  for (const { file, ran } of turns) ran.push(run(file));
}

const bare = measured[0]?.ran ?? [];
const against = (ran: readonly Run[], compare: (one: Run, bare: Run) => number) =>
  rounded(median(ran.map((one, round) => compare(one, bare[round] ?? one))));
const figures: ImportFigures = {
  runs,
  programs: measured.map(({ what, ran }) => ({
    what,
    processorMs: rounded(median(ran.map(({ processorMs }) => processorMs))),
    processorOverBareMs: against(ran, (one, other) => one.processorMs - other.processorMs),
    processorToBare: against(ran, (one, other) => one.processorMs / other.processorMs),
    elapsedOverBareMs: against(ran, (one, other) => one.elapsedMs - other.elapsedMs),
  })),
};
const { processorOverBareMs = Number.NaN, elapsedOverBareMs = Number.NaN } = figures.programs[1] ?? {};
const gates: Gate[] = [
  {
    what: "`import` of `@secretsource/core` over a bare Node start",
    // On an idle machine it takes no longer than either says: both only grow when something else is in the way.
    measured: Math.min(processorOverBareMs, elapsedOverBareMs),
    limit: { atMost: 10 },
    unit: "ms",
  },
];
writeResults("import", { command: "pnpm bench", machine: thisMachine(), gates, figures });
judge(gates);
for (const { what, processorMs, processorOverBareMs, elapsedOverBareMs } of figures.programs) {
  console.log(`${processorMs} ms, + ${processorOverBareMs} ms (elapsed + ${elapsedOverBareMs} ms)  ${what}`);
}
