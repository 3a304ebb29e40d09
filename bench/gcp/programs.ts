import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { addedImportMs } from "../lib/added-import-ms.ts";
import { median } from "../lib/median.ts";

const here = (file: string) => join(import.meta.dirname, file);

/** Milliseconds of the processor that importing the provider takes beyond importing the core, before its first use. */
export function importMs(): number {
  return addedImportMs(here("with-provider.mjs"), here("with-core.mjs"));
}

export interface Kept {
  readonly heapUsed: number;
  readonly rss: number;
}

/** What a process keeps that has read one secret and idles; medians. */
export function idle(port: number, which: "bare" | "ours", rounds: number): Kept {
  const runs = Array.from(
    { length: rounds },
    () => JSON.parse(printed(["--expose-gc", here("idle.ts"), String(port), which])) as Kept,
  );
  return { heapUsed: median(runs.map(({ heapUsed }) => heapUsed)), rss: median(runs.map(({ rss }) => rss)) };
}

function printed(parameters: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...parameters], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${parameters.at(-1)} failed:\n${stderr}`);
  return stdout;
}
