import { type Parts, table } from "../lib/fill-in.ts";
import { gatesTable } from "../lib/gates-table.ts";
import type { Results } from "../lib/results.ts";
import type { AwsFigures } from "./figures.ts";

export type AwsResults = Results<AwsFigures>;

/** The generated parts of `docs/comparison.md`. */
export function awsParts({ command, machine, gates, figures }: AwsResults): Parts {
  const { cold, slowService, imports, loaded, calls, behaviours } = figures;
  return {
    command: `\`npx --yes ${command.replace("pnpm", "pnpm@12.21.0")}\`, on Node ${machine.node}, ${machine.platform}, ${machine.cores} cores.`,
    gates: gatesTable(gates),
    calls: table(
      ["requests that arrive", "secretsource", "Powertools", "Middy"],
      calls.map(({ what, ours, powertools, middy = "not run" }) => [what, ours, powertools, middy]),
    ),
    behaviours: table(
      ["what was seen", "secretsource", "Powertools", "Middy"],
      behaviours.map(({ what, ours, powertools, middy }) => [what, ours, powertools, middy]),
    ),
    times: table(
      ["", "the SDK alone", "secretsource"],
      [
        ["a cold read, processor's time, µs", cold.sdkMicros, cold.oursMicros],
        [
          `a cold read, the service takes ${slowService.delayMs} ms, elapsed, µs`,
          slowService.sdkMicros,
          slowService.oursMicros,
        ],
        ["its import beside the core's, processor's time, ms", imports.sdkMs, imports.providerMs],
        [
          "modules of the SDK after the import, after making a source, after a read",
          "–",
          [loaded.afterImport, loaded.afterMaking, loaded.afterRead].join(", "),
        ],
      ],
    ),
  };
}
