import { spawnSync } from "node:child_process";

/** Runs to the end with its output shown; false if it failed. */
export function run(title: string, command: string, args: readonly string[], cwd: string): boolean {
  const { status, error } = spawnSync(command, args, {
    cwd,
    stdio: ["ignore", "inherit", "inherit"],
    timeout: 120_000,
  });
  const good = status === 0;
  console.log(`${title}: ${good ? "good" : `FAILED (${error?.message ?? `exit code ${status}`})`}`);
  return good;
}
