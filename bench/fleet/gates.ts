import type { Gate } from "../lib/gate.ts";
import type { FleetFigures } from "./figures.ts";
import type { Scenario } from "./scenario.ts";

/** From the hint to its tick, to the answer, and to the reader who is told last. */
const followedWithinMs = 2000;

/** What a fleet must keep to. */
export function gatesOf(figures: FleetFigures): Gate[] {
  const { scenario, load, age, failed, unmarked } = figures;
  const { name, outage, ttlMs, maxStaleMs } = scenario;
  const oldest = outage === undefined ? ttlMs : ttlMs + maxStaleMs;
  return [
    {
      what: `${name}: peak over mean of the store's calls in 10 s, ${since(scenario)}`,
      measured: load.peakOverMean,
      limit: { atMost: outage === undefined ? 1.2 : 2 },
      unit: "×",
    },
    ...hintGates(figures),
    { what: `${name}: oldest value served`, measured: age.max / 1000, limit: { atMost: oldest / 1000 }, unit: "s" },
    { what: `${name}: values past their ttl without a mark`, measured: unmarked, limit: { atMost: 0 }, unit: "reads" },
    { what: `${name}: reads that ended in an error`, measured: failed, limit: { atMost: 0 }, unit: "reads" },
  ];
}

function since({ outage, massRotation }: Scenario): string {
  if (outage !== undefined) return "after the outage";
  return massRotation === undefined ? "from ten minutes after the deployment" : "after the hints";
}

function hintGates({ scenario, hintLoad, outdated }: FleetFigures): Gate[] {
  const { name, massRotation, processes, secrets } = scenario;
  if (massRotation === undefined || hintLoad === undefined) return [];
  const { spreadMs } = massRotation;
  const late: Gate = {
    what: `${name}: the longest that an old value was served after its rotation`,
    measured: outdated.max / 1000,
    limit: { atMost: (spreadMs + followedWithinMs) / 1000 },
    unit: "s",
  };
  if (spreadMs === 0) return [late];
  const even = (processes * secrets) / (spreadMs / 1000);
  const peak: Gate = {
    what: `${name}: fullest 10 s of the store's calls over an even spread of one call for each hint`,
    measured: hintLoad.peakPerSecond / even,
    limit: { atMost: 1.2 },
    unit: "×",
  };
  return [peak, late];
}
