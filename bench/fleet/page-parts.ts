import { type Parts, table } from "../lib/fill-in.ts";
import { gatesTable } from "../lib/gates-table.ts";
import type { Results } from "../lib/results.ts";
import type { FleetFigures } from "./figures.ts";
import { monthlyBill, type StoreTerms, stores } from "./stores.ts";

const largeFleet = 10_000;

export interface FleetResults {
  readonly deployment: FleetFigures;
  readonly outage: FleetFigures;
  readonly silence: FleetFigures;
  readonly toldAtOnce: FleetFigures;
  readonly toldInTurns: FleetFigures;
  readonly seed: number;
  readonly tookSeconds: number;
}

/** The generated parts of `docs/fleet.md`. */
export function fleetParts({ figures, gates, machine }: Results<FleetResults>): Parts {
  const { deployment, outage, silence, seed, tookSeconds } = figures;
  return {
    run: `${describe(deployment)}\nSeed ${seed}, ${tookSeconds} s on ${machine.cores} cores (${machine.platform}, Node ${machine.node}).`,
    gates: gatesTable(gates),
    deployment: sideBySide(deployment),
    outage: sideBySide(outage),
    silence: sideBySide(silence),
    hints: hintsPart(figures),
    quotas: table(
      ["store", "documented quota", "share, mean", "share, peak", "`ttl` for half of it"],
      stores.map((store) => quotaRow(store, deployment)),
    ),
    bills: table(
      ["store", "a read per request", "naive 5-minute cache", "secretsource"],
      stores.filter(({ per10kReads }) => per10kReads > 0).map((store) => billRow(store, deployment)),
    ),
  };
}

function describe({ scenario, readsPerSecond }: FleetFigures): string {
  const { processes, secrets, lengthMs, ttlMs, readEveryMs, latencyMs, rotationMs } = scenario;
  return [
    `${number(processes)} processes × ${secrets} secrets over ${lengthMs / 3_600_000} h; \`ttl\` ${ttlMs / 60_000} m;`,
    `each process reads each secret every ${readEveryMs.from / 1000} to ${readEveryMs.to / 1000} s`,
    `(${number(readsPerSecond)} reads a second in all); the store answers in ${latencyMs.from} to ${latencyMs.to} ms;`,
    `each secret is rotated every ${rotationMs / 60_000} m.`,
  ].join("\n");
}

function sideBySide(figures: FleetFigures): string {
  const { load, naiveLoad, outageLoad, naiveOutageLoad, reads } = figures;
  const share = (some: number) => `${((100 * some) / reads).toFixed(2)} %`;
  const during =
    outageLoad === undefined || naiveOutageLoad === undefined
      ? []
      : [
          [
            "calls a second during the outage, mean",
            number(outageLoad.meanPerSecond),
            number(naiveOutageLoad.meanPerSecond),
          ],
          [
            "calls a second during the outage, fullest 10 s",
            number(outageLoad.peakPerSecond),
            number(naiveOutageLoad.peakPerSecond),
          ],
        ];
  return table(
    ["", "secretsource", "naive 5-minute cache"],
    [
      ["calls of the store in a second, mean", number(load.meanPerSecond), number(naiveLoad.meanPerSecond)],
      ["calls of the store in a second, fullest 10 s", number(load.peakPerSecond), number(naiveLoad.peakPerSecond)],
      ["peak over mean", load.peakOverMean.toFixed(2), naiveLoad.peakOverMean.toFixed(2)],
      ...during,
      [
        "calls per process and hour",
        number(perHour(figures, figures.callsPerProcess)),
        number(perHour(figures, figures.naiveCallsPerProcess)),
      ],
      ["reads that ended in an error", number(figures.failed), number(figures.naiveFailed)],
      ["reads served stale, and marked so", share(figures.marked), ""],
      ["reads that waited for the store", share(figures.waited), ""],
      ["age of what was served: median, 99 %, oldest", spread(figures.age), ""],
      ["an old value after its rotation: median, 99 %, longest", spread(figures.outdated), ""],
    ],
  );
}

function hintsPart({ deployment, ...told }: FleetResults): string {
  const both = [told.toldAtOnce, told.toldInTurns];
  const row = (what: string, figure: (one: FleetFigures) => string) => [what, ...both.map(figure)];
  const rate = (figure: number | undefined) => number(figure ?? Number.NaN);
  return table(
    ["", ...both.map(({ scenario }) => scenario.name)],
    [
      row("calls of the store in a second before, mean", () => rate(deployment.load.meanPerSecond)),
      row("calls of the store in a second, fullest 10 s", ({ hintLoad }) => rate(hintLoad?.peakPerSecond)),
      row("from then on, mean", ({ load }) => rate(load.meanPerSecond)),
      row("from then on, fullest 10 s", ({ load }) => rate(load.peakPerSecond)),
      row("an old value after its rotation: median, 99 %, longest", ({ outdated }) => spread(outdated)),
      row("reads that ended in an error", ({ failed }) => number(failed)),
    ],
  );
}

function quotaRow({ name, quota, readsPerSecond }: StoreTerms, { load, scenario }: FleetFigures): string[] {
  if (readsPerSecond === undefined) return [name, quota, "", "", ""];
  const times = largeFleet / scenario.processes;
  const share = (rate: number) => `${number((100 * rate * times) / readsPerSecond)} %`;
  const minutes = (scenario.ttlMs / 60_000) * Math.max(1, (load.meanPerSecond * times) / (readsPerSecond / 2));
  return [name, quota, share(load.meanPerSecond), share(load.peakPerSecond), `${Math.ceil(minutes)} m`];
}

function billRow(store: StoreTerms, { load, naiveLoad, scenario, readsPerSecond }: FleetFigures): string[] {
  const bill = (rate: number) => `$${number(monthlyBill(store, scenario.secrets, rate))}`;
  return [store.name, bill(readsPerSecond), bill(naiveLoad.meanPerSecond), bill(load.meanPerSecond)];
}

function perHour({ scenario }: FleetFigures, calls: number): number {
  return calls / (scenario.lengthMs / 3_600_000);
}

function spread({ median, p99, max }: FleetFigures["age"]): string {
  return [median, p99, max].map((ms) => `${number(ms / 1000)} s`).join(", ");
}

function number(value: number): string {
  return Math.round(value).toLocaleString("en");
}
