import { type Gate, judge } from "../lib/gate.ts";
import { median } from "../lib/median.ts";
import { rounded, thisMachine, writeResults } from "../lib/results.ts";
import { type Rounds, ratio, takeTurns } from "../lib/take-turns.ts";
import type { HotPathFigures } from "./figures.ts";
import { heapPerEntry } from "./heap-per-entry.ts";
import { cachedReads, growingReads, lastRead, partsOfAHit } from "./loops.ts";

const how = { rounds: 51, times: 200_000 };
const reads = await takeTurns(await cachedReads(), how);
// Several instances of each size: where one's entries happen to lie in memory is chance.
const growths: Rounds[] = [];
while (growths.length < 3) growths.push(await takeTurns(await growingReads(), how));
const parts = await takeTurns(await partsOfAHit(), how);
if (lastRead() === undefined) throw new Error("The loops have read nothing.");
const heapPerEntryBytes = Math.round(heapPerEntry());

const growth = median(growths.map((rounds) => ratio(rounds, "1000 entries", "10 entries")));
const medians = (rounds: Rounds) => Object.entries(rounds).map(([what, ns]) => ({ what, ns: rounded(median(ns)) }));
const figures: HotPathFigures = {
  rounds: how.rounds,
  readsPerRound: how.times,
  reads: medians(reads).map(({ what, ns }) => ({ what, ns, toMapGet: rounded(ratio(reads, what, "map.get")) })),
  entries: ["10 entries", "1000 entries"].map((what) => ({
    what,
    ns: rounded(median(growths.flatMap((rounds) => rounds[what] ?? []))),
  })),
  parts: medians(parts),
  heapPerEntryBytes,
};
const gates: Gate[] = [
  atMost("`await secrets.getSecret(name)` to `await map.get(name)`", ratio(reads, "secrets.getSecret", "map.get"), 2),
  atMost("`await getSecret(name)` to `await map.get(name)`", ratio(reads, "getSecret", "map.get"), 2),
  atMost(
    "a hit with OpenTelemetry on to one without",
    ratio(reads, "secrets.getSecret, OpenTelemetry on", "secrets.getSecret"),
    2,
  ),
  {
    what: "Powertools' cached `await getSecret(name)` to ours",
    measured: rounded(ratio(reads, "powertools", "getSecret")),
    limit: { atLeast: 2 },
    unit: "×",
  },
  atMost("a hit among 1,000 entries to one among 10", growth, 1.3),
  { what: "heap per entry beyond its payload", measured: heapPerEntryBytes, limit: { atMost: 1024 }, unit: "bytes" },
];
writeResults("hot-path", { command: "pnpm bench", machine: thisMachine(), gates, figures });
judge(gates);
for (const { what, ns, toMapGet } of figures.reads) console.log(`${String(ns).padStart(6)} ns  ${toMapGet} ×  ${what}`);
for (const { what, ns } of [...figures.entries, ...figures.parts]) console.log(`${String(ns).padStart(6)} ns  ${what}`);
process.exit();

function atMost(what: string, measured: number, limit: number): Gate {
  return { what, measured: rounded(measured), limit: { atMost: limit }, unit: "×" };
}
