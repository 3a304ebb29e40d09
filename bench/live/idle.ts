import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { median } from "../lib/median.ts";
import { rounded } from "../lib/results.ts";
import type { IdleFigures } from "./figures.ts";

interface Idled {
  readonly processorMs: number;
  readonly elapsedMs: number;
  readonly looks: number;
  readonly timers: readonly number[];
}

const how = { processes: 3, secrets: 10_000, seconds: 20 };

/** What live secrets take while nothing happens. */
export function idle(): IdleFigures {
  const runs = Array.from({ length: how.processes }, () => idled(how.secrets));
  const looks = runs.map((run) => (1000 * run.looks) / run.elapsedMs);
  return {
    ...how,
    processorPercent: rounded(median(runs.map(processorPercent))),
    bareProcessorPercent: rounded(processorPercent(idled(0))),
    looksPerSecond: rounded(median(looks)),
    timers: Math.max(...runs.flatMap(({ timers }) => timers)),
  };
}

function processorPercent({ processorMs, elapsedMs }: Idled): number {
  return (100 * processorMs) / elapsedMs;
}

function idled(secrets: number): Idled {
  const program = join(import.meta.dirname, "idle-secrets.ts");
  const parameters = ["--expose-gc", program, String(secrets), String(how.seconds)];
  const { status, stdout, stderr } = spawnSync(process.execPath, parameters, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} failed:\n${stderr}`);
  return JSON.parse(stdout) as Idled;
}
