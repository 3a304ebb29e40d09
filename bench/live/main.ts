import { type Gate, judge } from "../lib/gate.ts";
import { median } from "../lib/median.ts";
import { rounded, thisMachine, writeResults } from "../lib/results.ts";
import { processorNs, takeTurns } from "../lib/take-turns.ts";
import type { LiveFigures } from "./figures.ts";
import { idle } from "./idle.ts";
import { liveReads } from "./loops.ts";

const how = { rounds: 25, times: 10_000_000 };
const measured = await takeTurns(await liveReads(), { ...how, now: processorNs });

const reads = Object.entries(measured).map(([what, ns]) => ({ what, ns: rounded(median(ns)) }));
const figures: LiveFigures = { rounds: how.rounds, readsPerRound: how.times, reads, idle: idle() };
const { secrets, processorPercent, timers } = figures.idle;
const idling = `${secrets.toLocaleString("en")} live secrets idle`;
const gates: Gate[] = [
  {
    what: "`live.current`",
    measured: rounded(median(measured["live.current"] ?? [])),
    limit: { atMost: 10 },
    unit: "ns",
  },
  { what: `${idling}: share of a core`, measured: processorPercent, limit: { atMost: 1 }, unit: "%" },
  { what: `${idling}: timers`, measured: timers, limit: { atMost: 1 }, unit: "at a time" },
];
writeResults("live", { command: "pnpm bench", machine: thisMachine(), gates, figures });
judge(gates);
for (const { what, ns } of reads) console.log(`${String(ns).padStart(6)} ns  ${what}`);
process.exit();
