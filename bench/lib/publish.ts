import { readFileSync, writeFileSync } from "node:fs";
import { fillIn, type Parts } from "./fill-in.ts";
import { type Gate, judge } from "./gate.ts";
import { type Results, thisMachine, writeResults } from "./results.ts";

/** Leaves what was measured in `results/` and on its page, and judges it. */
export function publish<Figures>(
  name: string,
  { gates, figures }: { readonly gates: readonly Gate[]; readonly figures: Figures },
  page: string,
  partsOf: (results: Results<Figures>) => Parts,
): void {
  const results = { command: `pnpm bench:${name}`, machine: thisMachine(), gates, figures };
  writeResults(name, results);
  writeFileSync(page, fillIn(readFileSync(page, "utf8"), partsOf(results)));
  judge(gates);
}
