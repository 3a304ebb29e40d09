import type { Parts } from "./fill-in.ts";
import type { Gate } from "./gate.ts";
import { gatesTable } from "./gates-table.ts";
import type { Machine } from "./results.ts";

/** What every page of results begins with: the machine, and the gates. */
export function commonParts(machine: Machine, gates: readonly Gate[]): Parts {
  const { node, platform, processor, cores } = machine;
  return {
    machine: `Node ${node}, ${platform}, ${cores} cores (${processor}, virtual).`,
    gates: gatesTable(gates),
  };
}
