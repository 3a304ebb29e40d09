import { existsSync } from "node:fs";
import { readProjectFile, root } from "../project-files.ts";

export type Verdict =
  | "Killed"
  | "Timeout"
  | "Survived"
  | "NoCoverage"
  | "RuntimeError"
  | "CompileError"
  | "Ignored"
  | "Pending";

interface Position {
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
}

export interface Mutant {
  readonly status: Verdict;
  /** What stands in place of the code between the two positions. */
  readonly replacement: string;
  readonly location: { readonly start: Position; readonly end: Position };
}

export interface MutatedFile {
  readonly source: string;
  readonly mutants: readonly Mutant[];
}

/** As far as it is used: the format that Stryker and its kin share. */
export interface StrykerReport {
  readonly files: Readonly<Record<string, MutatedFile>>;
  readonly framework: { readonly version: string };
  readonly config: {
    readonly timeoutMS: number;
    readonly timeoutFactor: number;
    readonly concurrency: number;
    readonly mutate: readonly string[];
    readonly coverageAnalysis: string;
  };
}

const path = "reports/mutation.json";

export function readStrykerReport(): StrykerReport {
  if (!existsSync(`${root}/${path}`)) throw new Error(`${path} is missing: it is written by \`stryker run\`.`);
  return JSON.parse(readProjectFile(path)) as StrykerReport;
}
