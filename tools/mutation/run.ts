import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { root } from "../project-files.ts";
import { report } from "../report.ts";
import { unexplained } from "./explain.ts";
import { explanations } from "./explanations.ts";
import { mutationPage } from "./page.ts";
import { readStrykerReport } from "./stryker-report.ts";
import { survivorsIn } from "./survivor.ts";
import { scoreOf, tallyOf, tooLow } from "./tally.ts";

// All are Stryker's. With `--incremental`, what has not changed since the last run is not run again.
const options = process.argv.slice(2);
const startedAt = performance.now();
const { status } = spawnSync(`${root}/node_modules/.bin/stryker`, ["run", ...options], { cwd: root, stdio: "inherit" });
if (status !== 0) throw new Error("Stryker has failed: its last lines say why.");
const seconds = (performance.now() - startedAt) / 1000;

const run = readStrykerReport();
const all = tallyOf(Object.values(run.files).flatMap(({ mutants }) => mutants));
const findings = [...unexplained(survivorsIn(run), explanations), ...tooLow(run.files)];
if (findings.length === 0) {
  const page = mutationPage(run, explanations, {
    seconds: options.includes("--incremental") ? undefined : seconds,
    cores: availableParallelism(),
    node: process.version,
  });
  writeFileSync(`${root}/docs/mutation.md`, page);
}
report(`mutants (${all.mutants}, of which ${scoreOf(all).toFixed(1)} % are killed)`, findings);
