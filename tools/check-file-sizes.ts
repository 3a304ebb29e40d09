import { projectFiles, readProjectFile } from "./project-files.ts";
import { type Finding, report } from "./report.ts";

const longest = 300;

export function tooLong(lines: ReadonlyMap<string, number>): Finding[] {
  return [...lines]
    .filter(([, count]) => count > longest)
    .map(([at, count]) => ({ at, what: `${count} lines; at most ${longest}. Split it: one concept per file.` }));
}

export function median(counts: readonly number[]): number {
  const sorted = counts.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

if (import.meta.main) {
  const code = projectFiles().filter((path) => /\.(?:ts|js|mjs|cjs)$/.test(path));
  const lines = new Map(code.map((path) => [path, readProjectFile(path).trimEnd().split("\n").length]));
  const product = [...lines].filter(([path]) => /\/src\//.test(path) && !path.includes(".test."));
  const typical = median(product.map(([, count]) => count));
  report(`file sizes (${lines.size} files, median of the sources ${typical} lines)`, tooLong(lines));
}
