import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "../project-files.ts";
import { exportsOf, isValue } from "../public-api.ts";
import { installPackages } from "./installed-packages.ts";
import { run } from "./run.ts";

/** The oldest supported Node, the workspace's own and the newest, each with the variable that names another binary. */
const nodes = [
  { major: 22, variable: "NODE_22", binary: join(root, "tools/versions/node_modules/node-22/bin/node") },
  { major: 24, variable: "NODE_24", binary: process.execPath },
  { major: 26, variable: "NODE_26", binary: join(root, "tools/versions/node_modules/node-26/bin/node") },
];

using project = installPackages();

const expected = project.packages.flatMap((one) =>
  [...exportsOf(one)].map(([specifier, names]) => ({
    specifier,
    values: names.filter(isValue).map(({ name }) => name),
  })),
);
const script = "use-both-formats.mjs";
copyFileSync(join(import.meta.dirname, script), join(project.folder, script));

const results = nodes.map(({ major, variable, binary: packaged }) => {
  const binary = process.env[variable] ?? packaged;
  if (!existsSync(binary)) {
    console.error(
      `Node ${major} is missing. Its npm package holds a binary for Linux on x64 alone; elsewhere, set ${variable} to the path of a Node ${major}.`,
    );
    return false;
  }
  const version = execFileSync(binary, ["--version"], { encoding: "utf8" }).trim();
  if (!version.startsWith(`v${major}.`)) {
    console.error(`${variable}: ${binary} is Node ${version}, not ${major}.`);
    return false;
  }
  return run(`Node ${version}`, binary, [script, JSON.stringify(expected)], project.folder);
});

if (results.includes(false)) process.exitCode = 1;
