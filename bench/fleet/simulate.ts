import { SecretsInstance } from "../../packages/core/src/client/secrets-instance.ts";
import { ModelledStore, secretName } from "./modelled-store.ts";
import { NaiveCache } from "./naive-cache.ts";
import { type AgesOfMinute, ObservedReads } from "./observed-reads.ts";
import { ReadSchedule } from "./read-schedule.ts";
import type { Scenario } from "./scenario.ts";
import { seededRandom } from "./seeded-random.ts";
import { drained, SharedTime } from "./shared-time.ts";

const tickMs = 100;
const minuteMs = 60_000;

/** What a run showed. Ages and delays in ms. */
export interface FleetRun {
  readonly scenario: Scenario;
  readonly callsBySecond: readonly number[];
  readonly naiveCallsBySecond: readonly number[];
  readonly naiveFailedReads: number;
  readonly reads: number;
  readonly hits: number;
  readonly waited: number;
  readonly failed: number;
  readonly marked: number;
  readonly unmarked: number;
  readonly age: { readonly median: number; readonly p99: number; readonly max: number };
  readonly adoption: { readonly median: number; readonly p99: number; readonly max: number; readonly changes: number };
  readonly agesByMinute: readonly AgesOfMinute[];
}

/** Runs a fleet in virtual time: every process is an instance of its own with the real engine. */
export async function simulate(scenario: Scenario, progress?: (share: number) => void): Promise<FleetRun> {
  const { processes, secrets, seed, lengthMs, ttlMs, readEveryMs } = scenario;
  const time = new SharedTime();
  const store = new ModelledStore(scenario, time, seededRandom(seed, 1));
  const observed = new ObservedReads(scenario, time, store);
  const naive = new NaiveCache(processes * secrets, ttlMs, store);
  const [fromTicks, toTicks] = [readEveryMs.from / tickMs, readEveryMs.to / tickMs];
  const schedule = new ReadSchedule(processes * secrets, fromTicks, toTicks, seededRandom(seed, 2));
  const fleet = Array.from({ length: processes }, (_, index) => startProcess(scenario, time, store, index));
  const names = Array.from({ length: secrets }, (_, index) => secretName(index));

  const read = (reader: number) => {
    const program = fleet[Math.floor(reader / secrets)];
    const name = names[reader % secrets];
    if (program === undefined || name === undefined) throw new RangeError("no such reader");
    observed.observe(reader, program.getSecret(name));
    naive.read(reader, time.elapsed);
  };

  for (let tick = 0; tick * tickMs < lengthMs; tick++) {
    await time.moveTo(tick * tickMs);
    schedule.run(tick, read);
    await drained();
    if ((tick * tickMs + tickMs) % minuteMs === 0) observed.endMinute();
    if (tick % 36_000 === 0) progress?.((tick * tickMs) / lengthMs);
  }
  await Promise.all([...fleet.map((program) => program.close()), time.moveTo(lengthMs)]);
  return report(scenario, store, observed, naive);
}

function startProcess(scenario: Scenario, time: SharedTime, store: ModelledStore, index: number): SecretsInstance {
  const { ttlMs, maxStaleMs, seed } = scenario;
  const policy = { ttlMs, maxStaleMs };
  return new SecretsInstance({
    sources: [{ name: "store", members: [store.source()], when: new Set(), policy }],
    defaultName: "store",
    clock: time.clock,
    random: seededRandom(seed, 1000 + index),
  });
}

function report(scenario: Scenario, store: ModelledStore, observed: ObservedReads, naive: NaiveCache): FleetRun {
  const { reads, hits, waited, failed, marked, unmarked, ages, adoption, agesByMinute } = observed;
  const seconds = Math.ceil(scenario.lengthMs / 1000);
  return {
    scenario,
    callsBySecond: [...store.callsBySecond.subarray(0, seconds)],
    naiveCallsBySecond: [...naive.callsBySecond.subarray(0, seconds)],
    naiveFailedReads: naive.failedReads,
    reads, hits, waited, failed, marked, unmarked,
    age: { median: ages.quantile(0.5), p99: ages.quantile(0.99), max: ages.max },
    adoption: {
      median: adoption.quantile(0.5),
      p99: adoption.quantile(0.99),
      max: adoption.max,
      changes: adoption.total,
    },
    agesByMinute,
  };
}
