import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { GroupTask } from "./group-worker.ts";
import type { Scenario } from "./scenario.ts";
import { addTally, emptyTally, type Tally } from "./tally.ts";

/** So many processes at a time stay in the processor's caches; the whole fleet at once takes twice as long. */
const groupSize = 25;

/** Runs every scenario on all cores. A tally per scenario, in the same order. */
export async function runFleets(
  scenarios: readonly Scenario[],
  progress: (done: number, all: number) => void,
): Promise<Tally[]> {
  const tallies = scenarios.map(emptyTally);
  const tasks = tasksOf(scenarios);
  const all = tasks.length;
  let done = 0;
  const workers = Array.from({ length: Math.min(availableParallelism(), all) }, () => {
    const worker = new Worker(new URL("./group-worker.ts", import.meta.url));
    return new Promise<void>((resolve, reject) => {
      const next = () => {
        const task = tasks.shift();
        if (task === undefined) void worker.terminate().then(() => resolve());
        else worker.postMessage(task);
      };
      worker.on("message", ({ id, tally }: { readonly id: number; readonly tally: Tally }) => {
        const into = tallies[id];
        if (into !== undefined) addTally(into, tally);
        done += 1;
        progress(done, all);
        next();
      });
      worker.on("error", reject);
      next();
    });
  });
  await Promise.all(workers);
  return tallies;
}

function tasksOf(scenarios: readonly Scenario[]): GroupTask[] {
  return scenarios.flatMap((scenario, id) => {
    const groups = Math.ceil(scenario.processes / groupSize);
    return Array.from({ length: groups }, (_, index) => {
      const first = index * groupSize;
      return { id, scenario, group: { first, processes: Math.min(groupSize, scenario.processes - first) } };
    });
  });
}
