import { type Parts, table } from "../lib/fill-in.ts";
import { keeps, limitText, withUnit } from "../lib/gate.ts";
import type { Results } from "../lib/results.ts";
import type { GcpFigures } from "./figures.ts";

/** The generated parts of `bench/gcp/README.md`. */
export function gcpParts({ machine, gates, figures }: Results<GcpFigures>): Parts {
  const { cold, thinking, idle } = figures;
  return {
    machine: `Node ${machine.node}, ${machine.platform}, ${machine.cores} cores (${machine.processor}, virtual).`,
    gates: table(
      ["gate", "limit", "measured", ""],
      gates.map((gate) => [
        gate.what,
        limitText(gate),
        withUnit(gate.measured, gate.unit),
        keeps(gate) ? "kept" : "MISSED",
      ]),
    ),
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
