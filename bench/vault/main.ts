import { join } from "node:path";
import { addedImportMs } from "../lib/added-import-ms.ts";
import { coldReads, compareWaits, compareWork, namesOfEach } from "../lib/compare-reads.ts";
import { forkService } from "../lib/forked-service.ts";
import type { Gate } from "../lib/gate.ts";
import { median } from "../lib/median.ts";
import { publish } from "../lib/publish.ts";
import { rounded } from "../lib/results.ts";
import { difference, ratio } from "../lib/take-turns.ts";
import { strangersSecrets } from "./clients.ts";
import type { VaultFigures } from "./figures.ts";
import { vaultParts } from "./page-parts.ts";
import { waysTo } from "./ways.ts";

const here = (file: string) => join(import.meta.dirname, file);

const fast = await forkService(here("serve.ts"), namesOfEach, 0);
const cold = await compareWork(waysTo(fast.port));

const strangers = await forkService(here("serve.ts"), 1, 5);
const crowd = strangersSecrets(strangers.port);
await Promise.all(Array.from({ length: 1000 }, () => crowd.getSecret("secret-0", { as: "json" })));
const [logins, readCalls, calls] = [
  await strangers.count("logins"),
  await strangers.count("reads"),
  await strangers.count("calls"),
];
await crowd.close();

const slow = await forkService(here("serve.ts"), namesOfEach, 5);
const { bare, secrets } = waysTo(slow.port);
const thinking = await compareWaits({ bare, secrets });
for (const service of [fast, strangers, slow]) service.stop();

const us = (name: string) => rounded(median(cold[name] ?? []) / 1000);
const ms = (name: string) => rounded(median(thinking[name] ?? []) / 1e6);
const addedUs = rounded(difference(cold, "secrets", "bare") / 1000);
const importMs = addedImportMs(here("with-provider.mjs"), here("with-core.mjs"));
const figures: VaultFigures = {
  rounds: coldReads.rounds,
  readsPerRound: coldReads.times,
  cold: { bareUs: us("bare"), sourceUs: us("source"), secretsUs: us("secrets") },
  thinking: { bareMs: ms("bare"), secretsMs: ms("secrets") },
  crowd: { logins, reads: readCalls, calls },
};
const addedPercent = (ratio(thinking, "secrets", "bare") - 1) * 100;
const gates: Gate[] = [
  {
    what: "processor's time that a cold read adds to that of a bare `fetch`",
    measured: addedUs,
    limit: { atMost: 100 },
    unit: "µs",
  },
  {
    what: "time that a cold read adds, where the server takes 5 ms",
    measured: rounded(addedPercent),
    limit: { atMost: 5 },
    unit: "%",
  },
  { what: "import, before its first use", measured: rounded(importMs), limit: { atMost: 5 }, unit: "ms" },
  { what: "logins of 1,000 readers at the start", measured: logins, limit: { atMost: 1 }, unit: "" },
  { what: "reads of 1,000 readers at the start", measured: readCalls, limit: { atMost: 1 }, unit: "" },
];
publish("vault", { gates, figures }, here("README.md"), vaultParts);
process.exit();
