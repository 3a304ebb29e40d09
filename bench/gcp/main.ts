import { join } from "node:path";
import { coldReads, compareWaits, compareWork, namesOfEach } from "../lib/compare-reads.ts";
import { forkService } from "../lib/forked-service.ts";
import type { Gate } from "../lib/gate.ts";
import { median } from "../lib/median.ts";
import { publish } from "../lib/publish.ts";
import { rounded } from "../lib/results.ts";
import { difference, ratio } from "../lib/take-turns.ts";
import { bareClient, bareRead, ourSecrets, ourSource } from "./clients.ts";
import type { GcpFigures } from "./figures.ts";
import { gcpParts } from "./page-parts.ts";
import { idle, importMs } from "./programs.ts";

const context = { signal: new AbortController().signal, bypassCaches: false };

/**
 * Cold reads one after the other, by each of the ways, all over connections that are open. Every read of an instance is of a
 * name that it has not seen; the SDK does not care.
 */
function waysTo(port: number) {
  const client = bareClient(port);
  const source = ourSource(port);
  const secrets = ourSecrets(port);
  const read = { bare: 0, source: 0, secrets: 0 };
  const next = (way: keyof typeof read) => {
    read[way] += 1;
    return `secret-${read[way] % namesOfEach}`;
  };
  return {
    async bare(times: number) {
      for (let time = 0; time < times; time++) await bareRead(client, next("bare"));
    },
    async source(times: number) {
      for (let time = 0; time < times; time++) await source.read({ name: next("source"), version: "current" }, context);
    },
    async secrets(times: number) {
      for (let time = 0; time < times; time++) await secrets.getSecret(next("secrets"));
    },
  };
}

const program = join(import.meta.dirname, "serve.ts");
const fast = await forkService(program, namesOfEach, 0);
const cold = await compareWork(waysTo(fast.port));

const before = await fast.count("calls");
const crowd = ourSecrets(fast.port);
await Promise.all(Array.from({ length: 1000 }, () => crowd.getSecret("secret-1")));
const crowdCalls = (await fast.count("calls")) - before;
await crowd.close();

const slow = await forkService(program, namesOfEach, 5);
const { bare, secrets } = waysTo(slow.port);
const thinking = await compareWaits({ bare, secrets });

const kept = { bare: idle(fast.port, "bare", 3), ours: idle(fast.port, "ours", 3) };
fast.stop();
slow.stop();

const us = (name: string) => rounded(median(cold[name] ?? []) / 1000);
const addedUs = rounded(difference(cold, "secrets", "bare") / 1000);
const ms = (name: string) => rounded(median(thinking[name] ?? []) / 1e6);
const addedPercent = rounded((ratio(thinking, "secrets", "bare") - 1) * 100);
const kib = (bytes: number) => Math.round(bytes / 1024);
const figures: GcpFigures = {
  rounds: coldReads.rounds,
  readsPerRound: coldReads.times,
  cold: { bareUs: us("bare"), sourceUs: us("source"), secretsUs: us("secrets") },
  thinking: { bareMs: ms("bare"), secretsMs: ms("secrets") },
  idle: {
    bareHeap: kib(kept.bare.heapUsed),
    heap: kib(kept.ours.heapUsed),
    bareRss: kib(kept.bare.rss),
    rss: kib(kept.ours.rss),
  },
};
const gates: Gate[] = [
  {
    what: "processor's time that a cold read adds to the SDK's",
    measured: addedUs,
    limit: { atMost: 100 },
    unit: "µs",
  },
  { what: "the same, where the service takes 5 ms", measured: addedPercent, limit: { atMost: 5 }, unit: "%" },
  { what: "import, before its first use", measured: rounded(importMs()), limit: { atMost: 5 }, unit: "ms" },
  { what: "calls of 1,000 callers at once", measured: crowdCalls, limit: { atMost: 1 }, unit: "calls" },
];
publish("gcp", { gates, figures }, join(import.meta.dirname, "README.md"), gcpParts);
process.exit();
