import { expect, test } from "vitest";
import { SecretsInstance } from "../src/client/secrets-instance.ts";
import { virtualClock } from "../src/testing/index.ts";
import { mockedInstance } from "./mocked-instance.ts";
import { scriptedInstance } from "./scripted-instance.ts";
import { scriptedSource } from "./scripted-source.ts";
import { names } from "./steady-readers.ts";

const versions = [{ id: "7" }, { label: "blue" }] as const;

async function flooded(entries: number): Promise<number> {
  const { clock, secrets } = scriptedInstance(async ({ ref }) => ({ payload: ref.name, version: "1" }));
  for (const name of names(entries)) await secrets.getSecret(name);
  await clock.advance("2s");
  const rounds: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const start = performance.now();
    for (let hint = 0; hint < 2000; hint += 1) secrets.hint(hint % 2 === 0 ? "name 1" : `made up ${hint}`);
    rounds.push(performance.now() - start);
  }
  await secrets.close();
  return Math.min(...rounds);
}

test("a hint costs no more where there are a thousand entries than where there are ten", async () => {
  const few = await flooded(10);
  const many = await flooded(1000);
  expect(many / few).toBeLessThan(10);
});

test("a hint reaches all of a secret's entries, also those of an id or a label", async () => {
  const { clock, source, secrets } = scriptedInstance({ payload: "one", version: "1" });
  const selectors = ["current", "previous", "pending", ...versions] as const;
  for (const version of selectors) await secrets.getSecret("db", { version });
  await secrets.getSecret("other", { version: { id: "7" } });
  await clock.advance("2s");
  secrets.hint("db");
  await clock.settle();
  expect(source.calls.slice(6).map(({ ref }) => ref)).toEqual(selectors.map((version) => ({ name: "db", version })));
  await secrets.close();
});

test("one of a version that was pushed out, or is larger than all that may be kept, is nobody's any more", async () => {
  const clock = virtualClock();
  const source = scriptedSource(async ({ ref }) => ({ payload: ref.name.padEnd(20), version: "1" }), { clock });
  const secrets = new SecretsInstance({
    sources: [{ name: "s", members: [source], when: new Set(), policy: { ttlMs: 300_000, maxStaleMs: 0 } }],
    defaultName: "s",
    clock,
    random: () => 0.5,
    limits: { maxEntries: 1, maxBytes: 30 },
  });
  for (const name of ["db", "db".repeat(20), "other"]) await secrets.getSecret(name, { version: { id: "7" } });
  await clock.advance("2s");
  for (const name of ["db", "db".repeat(20), "other"]) secrets.hint(name);
  await clock.settle();
  expect(source.calls.slice(3).map(({ ref }) => ref.name)).toEqual(["other"]);
  await secrets.close();
});

test("the same hint many times is spread as one", async () => {
  const looked: number[] = [];
  for (let seed = 0; seed < 20; seed += 1) {
    const { clock, source, secrets } = mockedInstance();
    await secrets.getSecret("db");
    await clock.advance("2s");
    const at = clock.now();
    for (let hint = 0; hint < 100; hint += 1) secrets.hint("db", { spread: "1h" });
    await clock.advance("1h");
    looked.push((source.calls[1]?.at ?? 0) - at);
    await secrets.close();
  }
  // The least of a hundred draws would be about half a minute.
  expect(Math.max(...looked)).toBeGreaterThan(20 * 60_000);
});

test("a shorter spread brings the look forward", async () => {
  const { clock, source, secrets } = mockedInstance();
  await secrets.getSecret("db");
  await clock.advance("2s");
  secrets.hint("db", { spread: "10h" });
  secrets.hint("db", { spread: "2s" });
  await clock.advance("4s");
  expect(source.calls).toHaveLength(2);
  await secrets.close();
});

test("a hint mints nothing either where only the record says that it has a lease", async () => {
  const lease = { id: "lease-1", ttlMs: 3_600_000, renewable: false };
  const { clock, source, secrets } = scriptedInstance({ payload: "made for us", lease });
  await secrets.getSecret("db");
  for (let turn = 0; turn < 5; turn += 1) {
    await clock.advance("2s");
    secrets.hint("db");
  }
  await clock.advance("2s");
  expect(source.calls).toHaveLength(1);
  await secrets.close();
});
