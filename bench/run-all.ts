import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fillIn } from "./lib/fill-in.ts";
import { readResults } from "./lib/results.ts";
import { readmeParts } from "./readme-parts.ts";

// One after the other, each in a process of its own: none disturbs another's figures.
for (const name of ["import", "bundle", "hot-path", "live"]) {
  console.log(`\n${name}`);
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, name, "main.ts")], { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}

const readme = join(import.meta.dirname, "README.md");
const parts = readmeParts({
  imports: readResults("import"),
  bundle: readResults("bundle"),
  hotPath: readResults("hot-path"),
  live: readResults("live"),
});
writeFileSync(readme, fillIn(readFileSync(readme, "utf8"), parts));
