import { SecretsInstance } from "../../packages/core/src/client/secrets-instance.ts";
import type { Duration } from "../../packages/core/src/time/duration.ts";
import { ModelledStore, secretName } from "./modelled-store.ts";
import { NaiveCache } from "./naive-cache.ts";
import { ObservedReads } from "./observed-reads.ts";
import { ReadSchedule } from "./read-schedule.ts";
import type { MassRotation, Scenario } from "./scenario.ts";
import { seededRandom } from "./seeded-random.ts";
import { drained, SharedTime } from "./shared-time.ts";
import { emptyTally, type Tally } from "./tally.ts";

const tickMs = 100;
const landingMs = 60_000;

/** Which processes of the fleet; both whole numbers. */
export interface Group {
  readonly first: number;
  readonly processes: number;
}

/**
 * Runs some of the fleet's processes in virtual time, each an instance of its own with the real engine. What the store
 * answers depends on the time alone, so groups that run one after the other add up to the fleet that runs at once.
 */
export async function simulateGroup(scenario: Scenario, group: Group): Promise<Tally> {
  const { secrets, seed, lengthMs, ttlMs, readEveryMs, massRotation } = scenario;
  const readers = group.processes * secrets;
  const random = (stream: number) => seededRandom(seed, 1_000_000 * (stream + 1) + group.first);
  const tally = emptyTally(scenario);
  const time = new SharedTime();
  const store = new ModelledStore(scenario, time, random(0), tally.callsBySecond);
  const observed = new ObservedReads(scenario, readers, time, store, tally);
  const naive = new NaiveCache(readers, ttlMs, store, tally.naive);
  const schedule = new ReadSchedule(readers, readEveryMs.from / tickMs, readEveryMs.to / tickMs, random(1));
  const programs = Array.from({ length: group.processes }, (_, index) =>
    startProgram(scenario, time, store, group.first + index),
  );
  const names = Array.from({ length: secrets }, (_, index) => secretName(index));

  const read = (reader: number) => {
    const program = programs[Math.floor(reader / secrets)];
    const name = names[reader % secrets];
    if (program === undefined || name === undefined) throw new RangeError("There is no such reader.");
    observed.observe(reader, program.getSecret(name));
    naive.read(reader, time.elapsed);
  };

  for (let tick = 0; tick * tickMs < lengthMs; tick++) {
    await time.moveTo(tick * tickMs);
    if (massRotation?.at === tick * tickMs) tellAll(programs, names, massRotation);
    schedule.run(tick, read);
    await drained();
  }
  await time.moveTo(lengthMs + landingMs);
  await Promise.all(programs.map((program) => program.close()));
  return tally;
}

function tellAll(programs: readonly SecretsInstance[], names: readonly string[], { spreadMs }: MassRotation): void {
  const spread = `${spreadMs}ms` as Duration;
  for (const program of programs) for (const name of names) program.hint(name, { spread });
}

function startProgram(scenario: Scenario, time: SharedTime, store: ModelledStore, index: number): SecretsInstance {
  const { ttlMs, maxStaleMs, seed } = scenario;
  return new SecretsInstance({
    sources: [{ name: "store", members: [store.source()], when: new Set(), policy: { ttlMs, maxStaleMs } }],
    defaultName: "store",
    clock: time.clock,
    random: seededRandom(seed, index),
  });
}
