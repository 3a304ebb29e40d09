import { parentPort } from "node:worker_threads";
import type { Scenario } from "./scenario.ts";
import { type Group, simulateGroup } from "./simulate-group.ts";

/** One group of one scenario; `id` comes back with the answer. */
export interface GroupTask {
  readonly id: number;
  readonly scenario: Scenario;
  readonly group: Group;
}

parentPort?.on("message", (task: GroupTask) => {
  void simulateGroup(task.scenario, task.group).then((tally) => parentPort?.postMessage({ id: task.id, tally }));
});
