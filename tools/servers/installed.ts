import { existsSync, readFileSync } from "node:fs";
import { stampFile } from "./places.ts";
import { npmPackages, pythonPackages } from "./versions.ts";

/** What the stamp says after a whole installation of these versions. */
export const stamp = JSON.stringify({ pythonPackages, npmPackages });

export function isInstalled(): boolean {
  return existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp;
}

/** A missing server is a failure, with the command to run; never a skip. */
export function demandInstalled(): void {
  if (!isInstalled())
    throw new Error("The test servers are not installed: run `npx --yes pnpm@12.21.0 servers:install`.");
}
