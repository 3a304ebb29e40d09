import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { addedImportMs, importRuns } from "../lib/added-import-ms.ts";
import { rounded } from "../lib/results.ts";
import type { ImportTimes, LoadedModules } from "./figures.ts";

const here = (file: string) => join(import.meta.dirname, file);

export function importTimes(): ImportTimes {
  const over = (file: string) => rounded(addedImportMs(here(file), here("with-core.mjs")));
  return { runs: importRuns, providerMs: over("with-provider.mjs"), sdkMs: over("with-sdk.mjs") };
}

export function loadedModules(): LoadedModules {
  const { status, stdout, stderr } = spawnSync(process.execPath, [here("loaded-modules.mjs")], { encoding: "utf8" });
  if (status !== 0) throw new Error(`loaded-modules.mjs failed:\n${stderr}`);
  return JSON.parse(stdout) as LoadedModules;
}
