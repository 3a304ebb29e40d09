import type { Mutant, StrykerReport } from "./stryker-report.ts";

/** A mutant that no test has noticed, named so that it is the same one when lines above it come and go. */
export interface Survivor {
  /** `file:line:column`. */
  readonly at: string;
  /** Below `packages/core/src`. */
  readonly file: string;
  /** The code's first line. */
  readonly line: string;
  /** The same once mutated. */
  readonly mutant: string;
}

const longest = 160;

export function survivorsIn({ files }: Pick<StrykerReport, "files">): Survivor[] {
  return Object.entries(files).flatMap(([path, { source, mutants }]) =>
    mutants
      .filter(({ status }) => status === "Survived" || status === "NoCoverage")
      .map((mutant) => ({
        at: `${path}:${mutant.location.start.line}:${mutant.location.start.column}`,
        file: shortPath(path),
        ...named(source, mutant),
      })),
  );
}

export function shortPath(path: string): string {
  return path.replace(/^packages\/core\/src\//, "");
}

function named(source: string, { location: { start, end }, replacement }: Mutant): { line: string; mutant: string } {
  const lines = source.split("\n");
  const first = lines[start.line - 1] ?? "";
  const last = lines[end.line - 1] ?? "";
  const mutated = first.slice(0, start.column - 1) + replacement + last.slice(end.column - 1);
  return { line: inOneLine(first), mutant: inOneLine(mutated) };
}

function inOneLine(code: string): string {
  const line = code.replace(/\s+/g, " ").trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
