import { existsSync, readFileSync } from "node:fs";
import { stamp, stampFile } from "./places.ts";

export function isInstalled(): boolean {
  return existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp;
}

/** A missing server is a failure, with the command to run; never a skip. */
export function demandInstalled(): void {
  if (!isInstalled())
    throw new Error("The test servers are not installed: run `npx --yes pnpm@12.21.0 servers:install`.");
}
