import { commonParts } from "../lib/common-parts.ts";
import { type Parts, table } from "../lib/fill-in.ts";
import type { Results } from "../lib/results.ts";
import type { AzureFigures } from "./figures.ts";

/** The generated parts of `bench/azure/README.md`. */
export function azureParts({ machine, gates, figures }: Results<AzureFigures>): Parts {
  const { coldReadUs, slowReadMs, looks } = figures;
  return {
    ...commonParts(machine, gates),
    figures: table(
      ["", "the SDK alone", "the source", "`getSecret`"],
      [
        ["processor's time of a cold read, µs", coldReadUs.bare, coldReadUs.source, coldReadUs.throughCore],
        ["a read, where an answer takes 5 ms, ms", slowReadMs.bare, "", slowReadMs.throughCore],
      ],
    ),
    looks: table(
      ["by the SDK alone", "bytes of the answer", "processor, µs"],
      looks.map(({ what, bytes, us }) => [what, bytes, us]),
    ),
  };
}
