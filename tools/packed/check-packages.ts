import { join } from "node:path";
import { root } from "../project-files.ts";
import { checkDeclarations } from "./check-declarations.ts";
import { installPackages } from "./installed-packages.ts";
import { run } from "./run.ts";

const bin = (name: string) => join(root, "node_modules/.bin", name);

using project = installPackages();

const results = project.packages.flatMap(({ name, folder, tarball }) => [
  run(`publint ${name}`, bin("publint"), ["--strict", "--pack", "pnpm", folder], root),
  // Node 10's resolution, which knows no `exports`, is not supported: the oldest supported Node is 22.
  run(`attw ${name}`, bin("attw"), ["--profile", "node16", "--no-emoji", "--format", "ascii", tarball], root),
]);
results.push(...checkDeclarations(project), run("knip", bin("knip"), ["--treat-config-hints-as-errors"], root));

if (results.includes(false)) process.exitCode = 1;
