import { join } from "node:path";
import type { Gate } from "../lib/gate.ts";
import { median } from "../lib/median.ts";
import { publish } from "../lib/publish.ts";
import { rounded } from "../lib/results.ts";
import { difference, processorNs, quietRounds, type Rounds, ratio, takeTurns } from "../lib/take-turns.ts";
import { observe } from "./behaviours.ts";
import { countCalls } from "./calls.ts";
import { coldReads } from "./cold-reads.ts";
import type { AwsFigures } from "./figures.ts";
import { importTimes, loadedModules } from "./import-times.ts";
import { awsParts } from "./page-parts.ts";
import { startService } from "./service.ts";

const cold = { rounds: 60, times: 300, warmUps: 15, turns: 12 };
const slow = { delayMs: 5, rounds: 41, times: 40, turns: 4 };

const imports = importTimes();
const loaded = loadedModules();

const service = await startService();
const calls = await countCalls(service);
const fast = await coldReads(service);
const worked = quietRounds(await takeTurns(fast.loops, { ...cold, now: processorNs }));
await fast.close();
service.stop();

const slowService = await startService(slow.delayMs);
const late = await coldReads(slowService);
const waited = quietRounds(await takeTurns(late.loops, slow));
await late.close();
slowService.stop();

const micros = (rounds: Rounds, name: string) => rounded(median(rounds[name] ?? []) / 1000);
const figures: AwsFigures = {
  cold: {
    rounds: cold.rounds,
    readsPerRound: cold.times,
    sdkMicros: micros(worked, "sdk"),
    oursMicros: micros(worked, "ours"),
    addedMicros: rounded(difference(worked, "ours", "sdk") / 1000),
  },
  slowService: {
    delayMs: slow.delayMs,
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
    `the same, while the service takes ${slow.delayMs} ms: longer by`,
    rounded((figures.slowService.toSdk - 1) * 100),
    5,
    "%",
  ),
  // On an idle machine it takes no longer than either says: both only grow when something else is in the way.
  atMost(
    "`import` of `@secretsource/provider-aws` beside the core",
    Math.min(...Object.values(imports.provider)),
    5,
    "ms",
  ),
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
