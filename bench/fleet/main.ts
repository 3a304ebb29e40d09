import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { publish } from "../lib/publish.ts";
import { figuresOf } from "./figures.ts";
import { gatesOf } from "./gates.ts";
import { fleetParts } from "./page-parts.ts";
import { agesPlot, callsPlot, hintsPlot } from "./plots.ts";
import { runFleets } from "./run-fleets.ts";
import { deployment, outage, silence, toldAtOnce, toldInTurns } from "./scenario.ts";
import type { Tally } from "./tally.ts";

const docs = join(import.meta.dirname, "..", "..", "docs");
const seed = Number(process.argv[2] ?? 20_260_101);
const from = performance.now();
const scenarios = [deployment(seed), outage(seed), silence(seed), toldAtOnce(seed), toldInTurns(seed)] as const;
const { processes, secrets, lengthMs } = scenarios[0];
console.log(
  `${processes} processes × ${secrets} secrets over ${lengthMs / 3_600_000} h, ${scenarios.length} scenarios, seed ${seed}`,
);

const tallies = await runFleets(scenarios, (done, all) => {
  if (done % 10 === 0) console.log(`${Math.round((100 * done) / all)} % after ${seconds()} s`);
});
const [deployed, refused, unanswered, atOnce, inTurns] = tallies as [Tally, Tally, Tally, Tally, Tally];

const figures = {
  deployment: figuresOf(scenarios[0], deployed),
  outage: figuresOf(scenarios[1], refused),
  silence: figuresOf(scenarios[2], unanswered),
  toldAtOnce: figuresOf(scenarios[3], atOnce),
  toldInTurns: figuresOf(scenarios[4], inTurns),
  seed,
  tookSeconds: seconds(),
};
const { toldAtOnce: hints, toldInTurns: spreadHints } = figures;
const gates = [figures.deployment, figures.outage, figures.silence, hints, spreadHints].flatMap(gatesOf);

mkdirSync(join(docs, "img"), { recursive: true });
const plots = {
  "fleet-deployment": callsPlot("A fleet that is deployed at once", scenarios[0], deployed, 0, 90),
  "fleet-outage": callsPlot("An outage of ten minutes", scenarios[1], refused, 160, 250),
  "fleet-hints": hintsPlot("All told of a rotation", scenarios[4], { atOnce, inTurns }, 10, 30),
  "fleet-ages": agesPlot("What readers got around the outage", scenarios[1], refused, 160, 250),
};
for (const [name, svg] of Object.entries(plots)) writeFileSync(join(docs, "img", `${name}.svg`), svg);

publish("fleet", { gates, figures }, join(docs, "fleet.md"), fleetParts);
console.log(`${figures.deployment.callsPerProcess} calls per process; ${seconds()} s`);

function seconds(): number {
  return Math.round((performance.now() - from) / 1000);
}
