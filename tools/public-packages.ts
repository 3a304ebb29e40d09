import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./project-files.ts";

export interface Entry {
  /** What users import: `@secretsource/core/config`. */
  readonly specifier: string;
  /** The file in the sources that it is built from, absolute. */
  readonly source: string;
}

export interface PublicPackage {
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
  readonly entries: readonly Entry[];
  /** Names of what it needs at run time, peers included. */
  readonly needs: readonly string[];
}

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, string | object>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** Every folder of `packages/`, with the entries that its package.json promises. */
export function publicPackages(): PublicPackage[] {
  const folders = readdirSync(join(root, "packages")).map((name) => join(root, "packages", name));
  return folders.filter((folder) => existsSync(join(folder, "package.json"))).map(readPackage);
}

function readPackage(folder: string): PublicPackage {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  const entries = Object.entries(manifest.exports).flatMap(([path, target]): Entry[] => {
    if (typeof target === "string") return [];
    return [{ specifier: join(manifest.name, path), source: join(folder, "src", path, "index.ts") }];
  });
  const needs = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  return { name: manifest.name, folder, entries, needs };
}
