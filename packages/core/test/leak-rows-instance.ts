import { z } from "zod";
import { createSecrets, type SecretsEvent } from "../src/index.ts";
import { virtualClock } from "../src/testing/index.ts";
import { canary, type Drive, plainCanary } from "./leak-harness.ts";
import { outcomeOf } from "./leak-rows-root.ts";
import { within } from "./outcomes.ts";
import { scriptedSource } from "./scripted-source.ts";

const failure = { failure: "unavailable", native: { name: canary, message: canary }, body: canary } as const;

/** An instance that has seen an absence, a value, a rotation, a value that is refused, and an outage. */
async function troubledInstance() {
  const clock = virtualClock();
  const good = (version: string) => ({ payload: JSON.stringify({ password: canary }), version });
  const absence = { ...failure, failure: "not-found" } as const;
  const source = scriptedSource([absence, good("1"), good("2"), { payload: `{"password": ${canary}`, version: "3" }], {
    clock,
  });
  const secrets = createSecrets({ source, clock, ttl: "1m" });
  const events: SecretsEvent[] = [];
  secrets.on((event) => void events.push(event));
  const schema = z.object({ password: z.string() });
  const outcomes = [await outcomeOf(() => secrets.getSecret("absent", { optional: true }))];
  for (let version = 1; version <= 3; version += 1) {
    outcomes.push(await outcomeOf(() => secrets.getSecret("db", { schema })));
    await clock.advance("1m");
  }
  source.script(failure as never);
  for (const options of [{ schema }, { refresh: true, schema }]) {
    outcomes.push(await outcomeOf(() => within(clock, "20s", secrets.getSecret("db", options))));
  }
  for (const expected of ["absent", "rotated"] as const) {
    if (!events.some(({ type }) => type === expected))
      throw new Error(`nothing was ${expected}, so the row shows less`);
  }
  return { clock, source, secrets, events, outcomes };
}

async function driveGetSecret(): Promise<unknown[]> {
  const { secrets, outcomes } = await troubledInstance();
  const odd = [
    canary,
    { schema: canary },
    { as: canary },
    { field: 7 },
    { maxAge: canary },
    { version: { stage: canary } },
  ];
  const names = [`${canary}\n`, canary.repeat(100), "", Symbol(canary), { name: canary }];
  return [
    ...outcomes,
    ...(await Promise.all(odd.map((options) => outcomeOf(() => secrets.getSecret("db", options as never))))),
    ...(await Promise.all(names.map((name) => outcomeOf(() => secrets.getSecret(name as string))))),
    await outcomeOf(() => secrets.getSecret("db", { source: plainCanary.slice(0, 0) })),
    await secrets.close(),
  ];
}

async function driveOn(): Promise<unknown[]> {
  const { secrets, events } = await troubledInstance();
  const stop = secrets.on(() => {
    throw new Error("a listener's own trouble");
  });
  await secrets.close();
  return [...events, stop];
}

async function driveStatus(): Promise<unknown[]> {
  const { secrets } = await troubledInstance();
  const status = secrets.status();
  if (status.length === 0) throw new Error("there is no status, so the row shows nothing");
  return [status, ...status, secrets.health(), secrets, await secrets.close()];
}

async function driveClose(): Promise<unknown[]> {
  const close = () => Promise.reject(new Error(canary));
  const source = scriptedSource([canary, () => new Promise(() => {})], { close });
  const secrets = createSecrets({ source });
  await secrets.getSecret("db");
  const waiting = outcomeOf(() => secrets.getSecret("other"));
  return [
    await outcomeOf(() => secrets.close()),
    await waiting,
    await outcomeOf(() => secrets.getSecret("db")),
    secrets,
  ];
}

/** One row per method of an instance. */
export const instanceRows: Readonly<Record<string, Drive>> = {
  close: driveClose,
  getSecret: driveGetSecret,
  health: driveStatus,
  on: driveOn,
  status: driveStatus,
};
