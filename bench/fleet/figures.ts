import { binsOf, type Load, loadOf } from "./bins.ts";
import { type Histogram, quantile } from "./histogram.ts";
import type { Scenario } from "./scenario.ts";
import type { Tally } from "./tally.ts";

/** Of all that was counted, ms. */
export interface Spread {
  readonly median: number;
  readonly p99: number;
  readonly max: number;
}

/** What one scenario showed. */
export interface FleetFigures {
  readonly scenario: Scenario;
  /** From ten minutes after the deployment; with an outage or a mass rotation, from its end. */
  readonly load: Load;
  readonly naiveLoad: Load;
  /** During the outage. */
  readonly outageLoad: Load | undefined;
  readonly naiveOutageLoad: Load | undefined;
  /** While the hints are followed. */
  readonly hintLoad: Load | undefined;
  readonly callsPerProcess: number;
  readonly naiveCallsPerProcess: number;
  readonly reads: number;
  readonly readsPerSecond: number;
  readonly waited: number;
  readonly failed: number;
  readonly naiveFailed: number;
  readonly marked: number;
  readonly unmarked: number;
  readonly age: Spread;
  readonly outdated: Spread;
}

const settledAfterMs = 600_000;
/** The last hint's tick and its call are over by then. */
const followedMs = 10_000;

export function figuresOf(scenario: Scenario, tally: Tally): FleetFigures {
  const { outage, massRotation, lengthMs, processes } = scenario;
  const hinted = massRotation && { from: massRotation.at, until: massRotation.at + massRotation.spreadMs + followedMs };
  const from = outage?.until ?? hinted?.until ?? settledAfterMs;
  const during = (calls: Uint32Array) => outage && loadOf(binsOf(calls, outage.from, outage.until));
  return {
    scenario,
    load: loadOf(binsOf(tally.callsBySecond, from, lengthMs)),
    naiveLoad: loadOf(binsOf(tally.naive.callsBySecond, from, lengthMs)),
    outageLoad: during(tally.callsBySecond),
    naiveOutageLoad: during(tally.naive.callsBySecond),
    hintLoad: hinted && loadOf(binsOf(tally.callsBySecond, hinted.from, hinted.until)),
    callsPerProcess: sum(tally.callsBySecond) / processes,
    naiveCallsPerProcess: sum(tally.naive.callsBySecond) / processes,
    reads: tally.reads,
    readsPerSecond: tally.reads / (lengthMs / 1000),
    waited: tally.waited,
    failed: tally.failed,
    naiveFailed: tally.naive.failedReads,
    marked: tally.marked,
    unmarked: tally.unmarked,
    age: spreadOf(tally.ages),
    outdated: spreadOf(tally.outdated),
  };
}

function spreadOf(ages: Histogram): Spread {
  return { median: quantile(ages, 0.5), p99: quantile(ages, 0.99), max: ages.max };
}

function sum(calls: Uint32Array): number {
  return calls.reduce((total, each) => total + each, 0);
}
