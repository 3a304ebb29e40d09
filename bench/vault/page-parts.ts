import { commonParts } from "../lib/common-parts.ts";
import { type Parts, table } from "../lib/fill-in.ts";
import type { Results } from "../lib/results.ts";
import type { VaultFigures } from "./figures.ts";

/** The generated parts of `bench/vault/README.md`. */
export function vaultParts({ machine, gates, figures }: Results<VaultFigures>): Parts {
  const { cold, thinking, crowd } = figures;
  return {
    ...commonParts(machine, gates),
    figures: table(
      ["", "a bare `fetch`", "the source", "`getSecret`"],
      [
        ["processor's time of a cold read, µs", cold.bareUs, cold.sourceUs, cold.secretsUs],
        ["a read, where the server takes 5 ms, ms", thinking.bareMs, "", thinking.secretsMs],
      ],
    ),
    crowd: table(
      ["1,000 readers of one secret at the start", "requests"],
      [
        ["logins", crowd.logins],
        ["reads", crowd.reads],
        ["all, with the question for the engine's version", crowd.calls],
      ],
    ),
  };
}
