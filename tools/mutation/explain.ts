import type { Finding } from "../report.ts";
import type { Survivor } from "./survivor.ts";

/** Why a mutant may live. */
export interface Explanation extends Omit<Survivor, "at"> {
  readonly why: string;
  /** How many mutants of the file look like this one; default 1. */
  readonly times?: number;
}

const nameOf = ({ file, line, mutant }: Omit<Survivor, "at">) => JSON.stringify([file, line, mutant]);

/** A survivor that nothing explains, and an explanation of what does not survive. */
export function unexplained(survivors: readonly Survivor[], explanations: readonly Explanation[]): Finding[] {
  const left = new Map<string, number>();
  for (const one of explanations) left.set(nameOf(one), (left.get(nameOf(one)) ?? 0) + (one.times ?? 1));
  const findings = survivors.flatMap((survivor): Finding[] => {
    const name = nameOf(survivor);
    const count = left.get(name) ?? 0;
    left.set(name, count - 1);
    if (count > 0) return [];
    const { at, line, mutant } = survivor;
    const what = `Survives: ${line}\n  as      ${mutant}\n  Write a test that kills it, or explain it in tools/mutation/explanations.ts.`;
    return [{ at, what }];
  });
  const stale = explanations.filter((one) => (left.get(nameOf(one)) ?? 0) > 0);
  return [
    ...findings,
    ...stale.map(({ file, line, mutant }) => ({
      at: `tools/mutation/explanations.ts (${file})`,
      what: `Explains what does not survive, or not so often. Take it out: ${line}\n  as      ${mutant}`,
    })),
  ];
}
