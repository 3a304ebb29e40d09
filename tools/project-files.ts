import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

export const root = join(import.meta.dirname, "..");

/** Every file that belongs to the project, relative to its root: all but what `.gitignore` names. Needs no git. */
export function projectFiles(folder = root): string[] {
  const ignored = ignoredNames(readFileSync(join(root, ".gitignore"), "utf8"));
  const files = readdirSync(folder, { recursive: false, withFileTypes: true }).flatMap((entry) => {
    if (entry.name === ".git" || ignored(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? projectFiles(path) : [relative(root, path)];
  });
  return files.sort();
}

function ignoredNames(gitignore: string): (name: string) => boolean {
  const patterns = gitignore
    .split("\n")
    .map((line) => line.trim().replace(/\/$/, ""))
    .filter((line) => line !== "" && !line.startsWith("#"));
  const unknown = patterns.find((pattern) => !/^\*?[\w.-]+$/.test(pattern));
  if (unknown !== undefined) throw new Error(`.gitignore: teach tools/project-files.ts to read "${unknown}".`);
  const names = new Set(patterns.filter((pattern) => !pattern.includes("*")));
  const endings = patterns.filter((pattern) => pattern.startsWith("*")).map((pattern) => pattern.slice(1));
  return (name) => names.has(name) || endings.some((ending) => name.endsWith(ending));
}

export function readProjectFile(path: string): string {
  return readFileSync(join(root, path), "utf8");
}
