import type { Gate } from "../lib/gate.ts";
import type { FleetFigures } from "./figures.ts";

/** What a fleet must keep to. */
export function gatesOf({ scenario, load, age, failed, unmarked }: FleetFigures): Gate[] {
  const { name, outage, ttlMs, maxStaleMs } = scenario;
  const oldest = outage === undefined ? ttlMs : ttlMs + maxStaleMs;
  const since = outage === undefined ? "from ten minutes after the deployment" : "after the outage";
  return [
    {
      what: `${name}: peak over mean of the store's calls in 10 s, ${since}`,
      measured: load.peakOverMean,
      limit: { atMost: outage === undefined ? 1.2 : 2 },
      unit: "×",
    },
    { what: `${name}: oldest value served`, measured: age.max / 1000, limit: { atMost: oldest / 1000 }, unit: "s" },
    { what: `${name}: values past their ttl without a mark`, measured: unmarked, limit: { atMost: 0 }, unit: "reads" },
    { what: `${name}: reads that ended in an error`, measured: failed, limit: { atMost: 0 }, unit: "reads" },
  ];
}
