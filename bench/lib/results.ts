import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import type { Gate } from "./gate.ts";

const folder = join(import.meta.dirname, "..", "results");

/** What a benchmark leaves in `results/`. */
export interface Results<Figures> {
  readonly command: string;
  readonly machine: Machine;
  readonly gates: readonly Gate[];
  readonly figures: Figures;
}

export interface Machine {
  readonly node: string;
  readonly platform: string;
  readonly processor: string;
  readonly cores: number;
}

export function thisMachine(): Machine {
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
  };
}

export function writeResults<Figures>(name: string, results: Results<Figures>): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(results, null, 2)}\n`);
}

export function readResults<Figures>(name: string): Results<Figures> {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as Results<Figures>;
}

/** So that the committed figures change with what they say, and not with every digit. */
export function rounded(value: number, digits = 3): number {
  return Number(value.toPrecision(digits));
}
