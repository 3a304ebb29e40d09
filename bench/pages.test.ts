import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { AwsFigures } from "./aws/figures.ts";
import { awsParts } from "./aws/page-parts.ts";
import { type FleetResults, fleetParts } from "./fleet/page-parts.ts";
import { fillIn } from "./lib/fill-in.ts";
import { readResults } from "./lib/results.ts";
import { readmeParts } from "./readme-parts.ts";

function page(path: string): string {
  return readFileSync(join(import.meta.dirname, path), "utf8");
}

it("the README shows the committed results", () => {
  const parts = readmeParts({
    imports: readResults("import"),
    bundle: readResults("bundle"),
    hotPath: readResults("hot-path"),
    live: readResults("live"),
  });
  expect(page("README.md")).toBe(fillIn(page("README.md"), parts));
});

it("the page of the fleet shows the committed results", () => {
  const results = readResults<FleetResults>("fleet");
  expect(page("../docs/fleet.md")).toBe(fillIn(page("../docs/fleet.md"), fleetParts(results)));
});

it("the comparison shows the committed results", () => {
  const results = readResults<AwsFigures>("aws");
  expect(page("../docs/comparison.md")).toBe(fillIn(page("../docs/comparison.md"), awsParts(results)));
});

it("a page without the marks of a part is refused", () => {
  expect(() => fillIn("# A page\n", { gates: "| a |" })).toThrow('no marks for "gates"');
});
