import type { Finding } from "../report.ts";
import type { Mutant, MutatedFile } from "./stryker-report.ts";

export interface Tally {
  readonly mutants: number;
  readonly killed: number;
  readonly timedOut: number;
  readonly survived: number;
  readonly notCovered: number;
}

/** The least share of its mutants that the tests of a folder kill, percent. */
export const leastScore = 90;

export function tallyOf(mutants: readonly Mutant[]): Tally {
  const count = (wanted: Mutant["status"]) => mutants.filter(({ status }) => status === wanted).length;
  const tally = {
    killed: count("Killed"),
    timedOut: count("Timeout"),
    survived: count("Survived"),
    notCovered: count("NoCoverage"),
  };
  // What does not run, or was not tried, is no mutant.
  return { mutants: tally.killed + tally.timedOut + tally.survived + tally.notCovered, ...tally };
}

/** Percent; a file without a mutant has none that lives. */
export function scoreOf({ mutants, killed, timedOut }: Tally): number {
  return mutants === 0 ? 100 : (100 * (killed + timedOut)) / mutants;
}

/** The files by their folder, both in order. */
export function byFolder(
  files: Readonly<Record<string, MutatedFile>>,
): Map<string, [path: string, file: MutatedFile][]> {
  const sorted = Object.entries(files).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Map.groupBy(sorted, ([path]) => path.slice(0, path.lastIndexOf("/")));
}

export function tooLow(files: Readonly<Record<string, MutatedFile>>): Finding[] {
  return [...byFolder(files)].flatMap(([folder, members]) => {
    const score = scoreOf(tallyOf(members.flatMap(([, { mutants }]) => mutants)));
    if (score >= leastScore) return [];
    return [
      { at: folder, what: `${score.toFixed(1)} % of its mutants are killed; at least ${leastScore} % have to be.` },
    ];
  });
}
