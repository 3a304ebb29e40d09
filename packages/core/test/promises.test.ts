import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { SecretsEvent } from "../src/index.ts";
import { canary, leaksOf } from "./leak-harness.ts";
import { refusal, within } from "./outcomes.ts";
import { scriptedInstance } from "./scripted-instance.ts";

// One short witness for each promise of the README, under its name. What they rest on is tested elsewhere, at length.

test("One question, one answer", async () => {
  const { secrets, source } = scriptedInstance("one");
  const answers = await Promise.all(Array.from({ length: 1000 }, () => secrets.getSecret("db")));
  expect(source.calls).toHaveLength(1);
  expect(new Set(answers.map((secret) => secret.reveal()))).toEqual(new Set(["one"]));
});

test("Never torn, never mixed", async () => {
  const { clock, secrets, source } = scriptedInstance([
    { payload: '{"user":"u1","password":"p1"}', version: "1" },
    { payload: '{"user":"u2","password":"p2"}', version: "2" },
  ]);
  const both = () =>
    Promise.all([secrets.getSecret("db", { field: "user" }), secrets.getSecret("db", { field: "password" })]);
  const values = async () => (await both()).map((secret) => `${secret.reveal()} of ${secret.version}`);
  expect(await values()).toEqual(["u1 of 1", "p1 of 1"]);
  await clock.advance("2s");
  await secrets.getSecret("db", { refresh: true });
  expect(await values()).toEqual(["u2 of 2", "p2 of 2"]);
  expect(source.calls).toHaveLength(2);
});

describe("Bounded staleness, said aloud", () => {
  test("a stale value is marked with the reason, and ends at maxStale", async () => {
    const { clock, secrets, source } = scriptedInstance("one", { ttl: "1m" });
    await secrets.getSecret("db");
    source.script({ failure: "unavailable" });
    await clock.advance("1m");
    expect((await within(clock, "10s", secrets.getSecret("db"))).stale).toBe("unavailable");
    await clock.advance("59m");
    expect((await within(clock, "10s", secrets.getSecret("db"))).stale).toBe("unavailable");
    await clock.advance("1m");
    expect((await refusal(within(clock, "10s", secrets.getSecret("db")))).code).toBe("stale-limit");
  });

  test("a denial surfaces within 30 s of first being seen", async () => {
    const { clock, secrets, source } = scriptedInstance("one", { ttl: "1m" });
    await secrets.getSecret("db");
    source.script({ failure: "access-denied" });
    await clock.advance("1m");
    expect((await secrets.getSecret("db")).stale).toBe("access-denied");
    await clock.advance("30s");
    expect((await refusal(secrets.getSecret("db"))).code).toBe("access-denied");
  });
});

test("Absent is not failed", async () => {
  const { clock, secrets, source } = scriptedInstance({ failure: "not-found" });
  expect(await secrets.getSecret("db", { optional: true })).toBeUndefined();
  source.script({ failure: "unavailable" });
  await clock.advance("11s");
  const read = within(clock, "10s", secrets.getSecret("db", { optional: true }));
  expect((await refusal(read)).code).toBe("unavailable");
});

test("A bad new value cannot hurt", async () => {
  const events: SecretsEvent[] = [];
  const { clock, secrets, source } = scriptedInstance([{ payload: '{"port":1}', version: "1" }], { ttl: "1m" });
  secrets.on((event) => events.push(event));
  const schema = z.object({ port: z.number() });
  await secrets.getSecret("db", { schema });
  source.script({ payload: '{"port":"oops"}', version: "2" });
  await clock.advance("1m");
  const served = await secrets.getSecret("db", { schema });
  expect([served.reveal().port, served.version, served.stale]).toEqual([1, "1", "validation-failed"]);
  expect(events.filter(({ type }) => type === "rejected")).toMatchObject([{ version: "2", code: "validation-failed" }]);
});

test("Nothing leaks", async () => {
  const leaks = await leaksOf(async () => {
    const { secrets } = scriptedInstance(JSON.stringify({ password: canary }));
    const secret = await secrets.getSecret("db", { field: "password" });
    const refused = await refusal(secrets.getSecret("db", { schema: z.object({ password: z.number() }) }));
    return [inspect(secret), `${secret}`, JSON.stringify({ secret }), refused, secrets.status()];
  });
  expect(leaks).toEqual([]);
});

test("No storms", async () => {
  const { clock, secrets, source } = scriptedInstance({ failure: "not-found" });
  for (let second = 0; second < 60; second += 1) {
    await Promise.all(Array.from({ length: 100 }, () => refusal(secrets.getSecret("db"))));
    await clock.advance("1s");
  }
  expect(source.calls).toHaveLength(6);
});

test("Nothing is left behind", async () => {
  const { clock, secrets, source } = scriptedInstance(() => new Promise(() => {}));
  const hanging = secrets.getSecret("db");
  const live = refusal(secrets.watchSecret("other"));
  await clock.settle();
  await secrets.close();
  expect((await refusal(hanging)).code).toBe("closed");
  expect((await live).code).toBe("closed");
  expect(source.closes).toBe(1);
  clock.assertIdle();
});
