import { commonParts } from "../lib/common-parts.ts";
import { type Parts, table } from "../lib/fill-in.ts";
import type { Results } from "../lib/results.ts";
import type { GcpFigures } from "./figures.ts";

/** The generated parts of `bench/gcp/README.md`. */
export function gcpParts({ machine, gates, figures }: Results<GcpFigures>): Parts {
  const { cold, thinking, idle } = figures;
  return {
    ...commonParts(machine, gates),
    figures: table(
      ["", "the SDK alone", "the source", "`getSecret`"],
      [
        ["processor's time of a cold read, µs", cold.bareUs, cold.sourceUs, cold.secretsUs],
        ["a read, where the service takes 5 ms, ms", thinking.bareMs, "", thinking.secretsMs],
        ["heap of an idle process, KiB", idle.bareHeap, "", idle.heap],
        ["memory of an idle process, KiB", idle.bareRss, "", idle.rss],
      ],
    ),
  };
}
