import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { type Gate, judge } from "../lib/gate.ts";
import { median } from "../lib/median.ts";
import { rounded, thisMachine, writeResults } from "../lib/results.ts";
import type { ImportFigures } from "./figures.ts";

const runs = 60;

/** Milliseconds from the start of a Node process to its end. */
function processMs(program: string): number {
  const from = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, program)], { encoding: "utf8" });
  const ms = performance.now() - from;
  if (status !== 0) throw new Error(`${program} failed:\n${stderr}`);
  return ms;
}

const programs = { bare: "bare.mjs", esm: "with-core.mjs", cjs: "with-core.cjs", lru: "with-lru-cache.mjs" } as const;
type Program = keyof typeof programs;
const names = Object.keys(programs) as Program[];
const times: Record<Program, number[]> = { bare: [], esm: [], cjs: [], lru: [] };

for (const name of names) processMs(programs[name]);
for (let run = 0; run < runs; run++) {
  // In turns, so that what disturbs the machine disturbs all alike.
  for (let turn = 0; turn < names.length; turn++) {
    const name = names[(turn + run) % names.length];
    if (name !== undefined) times[name].push(processMs(programs[name]));
  }
}

const overBare = (name: Program) => median(times[name].map((ms, run) => ms - (times.bare[run] ?? 0)));
const figures: ImportFigures = {
  runs,
  bareMs: rounded(median(times.bare)),
  esmMs: rounded(median(times.esm)),
  esmOverBareMs: rounded(overBare("esm")),
  esmToBare: rounded(median(times.esm.map((ms, run) => ms / (times.bare[run] ?? 1)))),
  cjsOverBareMs: rounded(overBare("cjs")),
  lruCacheAloneOverBareMs: rounded(overBare("lru")),
};
const gates: Gate[] = [
  {
    what: "`import` of `@secretsource/core` over a bare Node start",
    measured: figures.esmOverBareMs,
    limit: { atMost: 10 },
    unit: "ms",
  },
];
writeResults("import", { command: "pnpm bench", machine: thisMachine(), gates, figures });
judge(gates);
console.log(`bare ${figures.bareMs} ms, with core ${figures.esmMs} ms; cjs + ${figures.cjsOverBareMs} ms, lru-cache alone + ${figures.lruCacheAloneOverBareMs} ms`);
