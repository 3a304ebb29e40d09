import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readProjectFile, root } from "./project-files.ts";

/** Every example has a `start` script that ends by itself, with an exit code that says whether it worked. */
const examples = readdirSync(join(root, "examples"))
  .map((name) => join("examples", name))
  .filter((folder) => existsSync(join(root, folder, "package.json")));

for (const folder of examples) {
  const { scripts, exports } = JSON.parse(readProjectFile(join(folder, "package.json"))) as {
    scripts?: { start?: string };
    exports?: unknown;
  };
  // What several examples share.
  if (exports !== undefined) continue;
  if (scripts?.start === undefined) {
    console.error(`${folder}/package.json has no \`start\` script: give it one that ends by itself.`);
    process.exitCode = 1;
    continue;
  }
  console.log(`\n${folder}`);
  const { status, error } = spawnSync("pnpm", ["--silent", "start"], {
    cwd: join(root, folder),
    stdio: ["ignore", "inherit", "inherit"],
    timeout: 120_000,
  });
  if (status === 0) continue;
  console.error(`${folder}: \`pnpm start\` failed (${error?.message ?? `exit code ${status}`})`);
  process.exitCode = 1;
}

if (examples.length === 0) {
  console.error("examples/ holds no package with a package.json.");
  process.exitCode = 1;
}
