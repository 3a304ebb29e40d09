import { join } from "node:path";
import { coldReads, compareWaits, compareWork } from "../lib/compare-reads.ts";
import type { Gate } from "../lib/gate.ts";
import { median } from "../lib/median.ts";
import { publish } from "../lib/publish.ts";
import { rounded } from "../lib/results.ts";
import { difference, type Rounds, ratio } from "../lib/take-turns.ts";
import { observe } from "./behaviours.ts";
import { countCalls } from "./calls.ts";
import type { AwsFigures } from "./figures.ts";
import { importTimes, loadedModules } from "./import-times.ts";
import { openReaders } from "./open-readers.ts";
import { awsParts } from "./page-parts.ts";
import { startService } from "./service.ts";

const delayMs = 5;

const imports = importTimes();
const loaded = loadedModules();

const service = await startService();
const calls = await countCalls(service);
const fast = await openReaders(service);
const worked = await compareWork(fast.loops);
await fast.close();
service.stop();

const slowService = await startService(delayMs);
const late = await openReaders(slowService);
const waited = await compareWaits(late.loops);
await late.close();
slowService.stop();

const micros = (rounds: Rounds, name: string) => rounded(median(rounds[name] ?? []) / 1000);
const figures: AwsFigures = {
  cold: {
    rounds: coldReads.rounds,
    readsPerRound: coldReads.times,
    sdkMicros: micros(worked, "sdk"),
    oursMicros: micros(worked, "ours"),
    addedMicros: rounded(difference(worked, "ours", "sdk") / 1000),
  },
  slowService: {
    delayMs,
    sdkMicros: micros(waited, "sdk"),
    oursMicros: micros(waited, "ours"),
    toSdk: ratio(waited, "ours", "sdk"),
  },
  imports,
  loaded,
  calls,
  behaviours: await observe(),
};

const [readers, secrets, parameters] = calls;
const gates: Gate[] = [
  atMost("a cold read beside the bare SDK's: added processor's time", figures.cold.addedMicros, 100, "µs"),
  atMost(
    `the same, while the service takes ${delayMs} ms: longer by`,
    rounded((figures.slowService.toSdk - 1) * 100),
    5,
    "%",
  ),
  atMost("`import` of `@secretsource/provider-aws` beside the core", imports.providerMs, 5, "ms"),
  atMost("modules of the SDK before the first read", loaded.afterMaking, 0, "modules"),
  { what: "modules of the SDK after it", measured: loaded.afterRead, limit: { atLeast: 1 }, unit: "modules" },
  atMost("1,000 readers of one secret at once", readers?.ours ?? Number.NaN, 1, "calls"),
  atMost("100 secrets at start", secrets?.ours ?? Number.NaN, 5, "calls"),
  atMost("100 parameters at start", parameters?.ours ?? Number.NaN, 10, "calls"),
];
publish("aws", { gates, figures }, join(import.meta.dirname, "../../docs/comparison.md"), awsParts);
console.log(JSON.stringify(figures, undefined, 2));
process.exit();

function atMost(what: string, measured: number, limit: number, unit: string): Gate {
  return { what, measured, limit: { atMost: limit }, unit };
}
