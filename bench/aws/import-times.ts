import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { rounded } from "../lib/results.ts";
import { difference, quietRounds } from "../lib/take-turns.ts";
import type { ImportTimes, LoadedModules } from "./figures.ts";

const runs = 40;
const files = ["with-core.mjs", "with-provider.mjs", "with-sdk.mjs"];

interface Run {
  readonly processorMs: number;
  readonly elapsedMs: number;
}

/** What an import adds to that of the core, ms, in processes of their own and in turns. */
export function importTimes(): ImportTimes {
  const ran = new Map(files.map((file) => [file, [] as Run[]]));
  for (const file of files) run(file);
  for (let round = 0; round < runs; round++) {
    for (let turn = 0; turn < files.length; turn++) {
      const file = files[(turn + round) % files.length] ?? "";
      ran.get(file)?.push(run(file));
    }
  }
  const over = (file: string, time: keyof Run) => {
    const rounds = Object.fromEntries([...ran].map(([name, all]) => [name, all.map((one) => one[time])]));
    return rounded(difference(quietRounds(rounds), file, "with-core.mjs"));
  };
  return {
    runs,
    provider: {
      processorMs: over("with-provider.mjs", "processorMs"),
      elapsedMs: over("with-provider.mjs", "elapsedMs"),
    },
    sdk: { processorMs: over("with-sdk.mjs", "processorMs"), elapsedMs: over("with-sdk.mjs", "elapsedMs") },
  };
}

export function loadedModules(): LoadedModules {
  return JSON.parse(output("loaded-modules.mjs", [])) as LoadedModules;
}

function run(file: string): Run {
  const from = performance.now();
  const processor = output(file, ["--require", join(import.meta.dirname, "../import/report-processor-time.cjs")]);
  return { processorMs: Number(processor) / 1000, elapsedMs: performance.now() - from };
}

function output(file: string, options: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...options, join(import.meta.dirname, file)], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${file} failed:\n${stderr}`);
  return stdout;
}
