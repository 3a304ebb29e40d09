import { table } from "./fill-in.ts";
import { type Gate, keeps, limitText, withUnit } from "./gate.ts";

export function gatesTable(gates: readonly Gate[]): string {
  return table(
    ["gate", "limit", "measured", ""],
    gates.map((gate) => [
      gate.what,
      limitText(gate),
      withUnit(gate.measured, gate.unit),
      keeps(gate) ? "kept" : "MISSED",
    ]),
  );
}
