// Watches so many secrets, lets them idle, and prints as JSON what that took. Arguments: how many, and for how many seconds.
import { setTimeout as pass } from "node:timers/promises";
import { createSecrets, type LiveSecret } from "@secretsource/core";
import { countingClock } from "./counting-clock.ts";

const [count, seconds] = process.argv.slice(2).map(Number) as [number, number];
const clock = countingClock();
let looks = 0;
const secrets = createSecrets({
  source: {
    specVersion: 1,
    kind: "unchanging",
    traits: { stages: ["current"], versionIds: false, labels: false, binary: false, mints: false },
    read: async ({ name }) => ({ payload: `value of ${name}`, version: "1" }),
    probe: async () => {
      looks += 1;
      return { version: "1" };
    },
    classify: () => undefined,
  },
  clock,
});
const live: LiveSecret<string>[] = [];
for (let index = 0; index < count; index++) live.push(await secrets.watchSecret(`production/myapp/secret-${index}`));

// What was made on the way here is cleared away, and the code that runs from now on has run before.
await pass(3000);
globalThis.gc?.();
looks = 0;
const timers: number[] = [];
const before = process.cpuUsage();
const from = process.hrtime.bigint();
for (let second = 0; second < seconds; second++) {
  await pass(1000);
  timers.push(clock.timers);
}
const elapsedMs = Number(process.hrtime.bigint() - from) / 1e6;
const { user, system } = process.cpuUsage(before);
if (live.some(({ current }) => current.stale !== undefined)) throw new Error("A secret went stale.");
console.log(JSON.stringify({ processorMs: (user + system) / 1000, elapsedMs, looks, timers }));
await secrets.close();
