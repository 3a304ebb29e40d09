import { type Axis, type LineChart, lineChart } from "../lib/line-chart.ts";
import { binsOf } from "./bins.ts";
import { quantile } from "./histogram.ts";
import type { Scenario } from "./scenario.ts";
import type { Tally } from "./tally.ts";

const minuteMs = 60_000;
const ours = "#1b6ac9";
const theirs = "#d1495b";

/** Calls a second, ours beside the naive cache's, from one minute to another. */
export function callsPlot(title: string, scenario: Scenario, tally: Tally, from: number, to: number): string {
  const [own, naive] = [ratesOf(tally.callsBySecond, from, to), ratesOf(tally.naive.callsBySecond, from, to)];
  return lineChart({
    title,
    x: minutes(from, to),
    y: upTo("calls of the store in a second", Math.max(...[...own, ...naive].map(([, rate]) => rate))),
    lines: [
      { name: "a naive 5-minute cache", color: theirs, points: naive },
      { name: "secretsource", color: ours, points: own },
    ],
    shaded: shaded(scenario),
  });
}

/** Calls a second around a mass rotation, with and without a spread. */
export function hintsPlot(
  title: string,
  { massRotation }: Scenario,
  { atOnce, inTurns }: { readonly atOnce: Tally; readonly inTurns: Tally },
  from: number,
  to: number,
): string {
  const rates = (tally: Tally) => ratesOf(tally.callsBySecond, from, to);
  const spread = (massRotation?.spreadMs ?? 0) / 1000;
  return lineChart({
    title,
    x: minutes(from, to),
    y: upTo("calls of the store in a second", Math.max(...rates(atOnce).map(([, rate]) => rate))),
    lines: [
      { name: "all look at once", color: theirs, points: rates(atOnce) },
      { name: `spread over ${spread} s`, color: ours, points: rates(inTurns) },
    ],
  });
}

/** How old the values were that readers got. */
export function agesPlot(title: string, scenario: Scenario, tally: Tally, from: number, to: number): string {
  const ages = tally.agesByMinute.slice(from, to);
  const points = (share: number) =>
    ages.map((age, index) => [from + index + 0.5, quantile(age, share) / minuteMs] as const);
  const oldest = points(1);
  return lineChart({
    title,
    x: minutes(from, to),
    y: upTo("age of what was served, minutes", Math.max(...oldest.map(([, age]) => age))),
    lines: [
      { name: "oldest", color: theirs, points: oldest },
      { name: "99 % are younger", color: "#e0a030", points: points(0.99) },
      { name: "median", color: ours, points: points(0.5) },
    ],
    shaded: shaded(scenario),
  });
}

/** Minutes, and calls a second in the 10 s from there. */
function ratesOf(calls: Uint32Array, from: number, to: number): (readonly [number, number])[] {
  return binsOf(calls, from * minuteMs, to * minuteMs).map((bin, index) => [from + index / 6, bin / 10] as const);
}

function minutes(from: number, to: number): Axis {
  return { name: "minutes since the deployment", from, to, step: 10 };
}

/** An axis that ends at a round number above the most. */
function upTo(name: string, most: number): Axis {
  const rough = most / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((candidate) => candidate >= rough) ?? rough;
  return { name, from: 0, to: Math.ceil(most / step) * step, step };
}

function shaded({ outage }: Scenario): LineChart["shaded"] {
  return outage && { from: outage.from / minuteMs, to: outage.until / minuteMs, name: "the store is down" };
}
