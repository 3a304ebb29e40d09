import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { FleetResults } from "./fleet/page-parts.ts";
import { fleetParts } from "./fleet/page-parts.ts";
import { fillIn } from "./lib/fill-in.ts";
import { keeps } from "./lib/gate.ts";
import { readResults } from "./lib/results.ts";
import { readmeParts } from "./readme-parts.ts";

const all = () => ({
  imports: readResults<never>("import"),
  bundle: readResults<never>("bundle"),
  hotPath: readResults<never>("hot-path"),
});

function page(path: string): string {
  return readFileSync(join(import.meta.dirname, path), "utf8");
}

it("the README shows the committed results", () => {
  expect(page("README.md")).toBe(fillIn(page("README.md"), readmeParts(all())));
});

it("the page of the fleet shows the committed results", () => {
  const results = readResults<FleetResults>("fleet");
  expect(page("../docs/fleet.md")).toBe(fillIn(page("../docs/fleet.md"), fleetParts(results)));
});

it("every committed result keeps its gates", () => {
  const { imports, hotPath } = all();
  const gates = [...imports.gates, ...hotPath.gates, ...readResults<FleetResults>("fleet").gates];
  expect(gates.length).toBeGreaterThan(15);
  expect(gates.filter((gate) => !keeps(gate))).toEqual([]);
});

it("a page without the marks of a part is refused", () => {
  expect(() => fillIn("# A page\n", { gates: "| a |" })).toThrow('no marks for "gates"');
});
