import type { Explanation } from "./explain.ts";
import type { MutatedFile, StrykerReport } from "./stryker-report.ts";
import { shortPath } from "./survivor.ts";
import { byFolder, leastScore, scoreOf, type Tally, tallyOf } from "./tally.ts";

/** How the run was made, besides what its report says. */
export interface Run {
  /** Undefined where results of earlier runs are among its own. */
  readonly seconds: number | undefined;
  readonly cores: number;
  readonly node: string;
}

/** `docs/mutation.md`. */
export function mutationPage(report: StrykerReport, explanations: readonly Explanation[], run: Run): string {
  return `${[head, settings(report, run), results(report.files), survivors(explanations)].join("\n\n")}\n`;
}

const head = `# Mutation testing

Tests tell little by passing. So the code that decides what is served, for how long, and what a store is asked
([\`policy/\`](../packages/core/src/policy), [\`state/\`](../packages/core/src/state) and [\`fetch/\`](../packages/core/src/fetch))
is broken on purpose, one small change at a time: a \`<\` becomes a \`<=\`, a branch is left out, a list is emptied. Each of these
mutants has to make a test fail. One that does not is a hole in the tests, or changes nothing that anybody could notice.

\`\`\`sh
npx --yes pnpm@12.21.0 mutation
\`\`\`

This runs [Stryker](https://stryker-mutator.io) and writes this page. It fails where less than ${leastScore} % of a folder's mutants are
killed, and where one lives that [tools/mutation/explanations.ts](../tools/mutation/explanations.ts) does not explain.`;

function settings({ framework, config }: StrykerReport, { seconds, cores, node }: Run): string {
  const how =
    seconds === undefined
      ? "Results of an earlier run stand where neither the code nor its tests have changed since"
      : `All of it took ${Math.ceil(seconds / 60)} min`;
  return `## The run

Stryker ${framework.version} on Node ${node} and ${cores} cores, ${config.concurrency} mutants at a time. ${how}.

Each mutant runs the tests of the three folders that come by its code, and no others ([stryker.config.json](../stryker.config.json),
[vitest.mutation.config.ts](../vitest.mutation.config.ts)): what only a whole instance, or a simulation, notices has no test that says why.
A mutant has timed out where its tests turned in a circle, or took ${config.timeoutFactor} times as long as without it and ${config.timeoutMS / 1000} s more.
Not mutated is [defaults.ts](../packages/core/src/policy/defaults.ts), which a test compares with [its page](defaults.md).

While you write tests, \`npx --yes pnpm@12.21.0 mutation --incremental\` runs only what has changed since the last run.`;
}

function results(files: Readonly<Record<string, MutatedFile>>): string {
  const folders = [...byFolder(files)].map(([folder, members]) => {
    const rows = members
      .filter(([, { mutants }]) => mutants.length > 0)
      .map(([path, { mutants }]) => row(`[${shortPath(path)}](../${path})`, tallyOf(mutants)));
    return [...rows, row(`**${shortPath(folder)}/**`, tallyOf(members.flatMap(([, { mutants }]) => mutants)))];
  });
  const all = row("**all**", tallyOf(Object.values(files).flatMap(({ mutants }) => mutants)));
  return `## Results

| file | mutants | killed | timed out | survived | no test | killed or timed out |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${[...folders.flat(), all].join("\n")}`;
}

function row(name: string, tally: Tally): string {
  const { mutants, killed, timedOut, survived, notCovered } = tally;
  const cells = [name, mutants, killed, timedOut, survived, notCovered, `${scoreOf(tally).toFixed(1)} %`];
  return `| ${cells.join(" | ")} |`;
}

function survivors(explanations: readonly Explanation[]): string {
  const byFile = Map.groupBy(explanations, ({ file }) => file);
  const files = [...byFile].map(([file, those]) => {
    const items = those.map(({ line, mutant, why, times }) => {
      const often = times === undefined ? "" : ` (${times} times)`;
      return `- ${asCode(line)} as ${asCode(mutant)}${often}: ${why}`;
    });
    return `### ${file}\n\n${items.join("\n")}`;
  });
  return `## What survives, and why it may\n\n${files.length === 0 ? "Nothing." : files.join("\n\n")}`;
}

function asCode(code: string): string {
  return code.includes("`") ? `\`\` ${code} \`\`` : `\`${code}\``;
}
