import { type Parts, table } from "./fill-in.ts";
import { type Gate, keeps, limitText, withUnit } from "./gate.ts";
import type { Machine } from "./results.ts";

/** What every page of results begins with: the machine, and the gates. */
export function commonParts(machine: Machine, gates: readonly Gate[]): Parts {
  const { node, platform, processor, cores } = machine;
  return {
    machine: `Node ${node}, ${platform}, ${cores} cores (${processor}, virtual).`,
    gates: table(
      ["gate", "limit", "measured", ""],
      gates.map((gate) => [
        gate.what,
        limitText(gate),
        withUnit(gate.measured, gate.unit),
        keeps(gate) ? "kept" : "MISSED",
      ]),
    ),
  };
}
