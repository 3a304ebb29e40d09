import { describe, expect, test } from "vitest";
import { SecretsInstance } from "../src/client/secrets-instance.ts";
import type { SecretsEvent } from "../src/index.ts";
import { createSecrets, fallback, memorySource } from "../src/index.ts";
import { minted, mockSource, testSecrets, virtualClock } from "../src/testing/index.ts";
import { refusal } from "./outcomes.ts";
import { scriptedSource } from "./scripted-source.ts";

const creds = () => minted((count) => ({ password: `pw-${count}` }), { ttl: "1h" });
const mints = { mints: true } as const;
const lost = { failure: "unavailable", native: { code: "ECONNRESET" } } as const;

/** Asks every 2 s for 9 min. */
async function insist(rig: { clock: { advance(by: "2s"): Promise<void> } }, ask: () => Promise<unknown>) {
  const codes = new Set<string>();
  for (let round = 0; round < 270; round += 1) {
    ask().catch((error) => codes.add(error.code));
    await rig.clock.advance("2s");
  }
  return codes;
}

describe("never more than the first and three in 10 min", () => {
  test("for callers who insist", async () => {
    await using rig = testSecrets({ db: creds() });
    const heard: SecretsEvent[] = [];
    rig.secrets.on((event) => void heard.push(event));
    const codes = await insist(rig, () => rig.secrets.getSecret("db", { refresh: true }));
    expect(rig.source.calls.filter(({ method }) => method === "read")).toHaveLength(4);
    expect(codes).toEqual(new Set(["mint-budget-exhausted"]));
    const degraded = heard.filter(({ type }) => type === "degraded");
    expect(degraded).toMatchObject([{ code: "mint-budget-exhausted", secretName: "db", source: "mock" }]);
  });

  test("for callers who read it in different ways", async () => {
    await using rig = testSecrets({ db: creds() });
    const { secrets, clock } = rig;
    await Promise.all([
      secrets.getSecret("db"),
      secrets.getSecret("db", { field: "password" }),
      secrets.getSecret("db", { as: "json" }),
      secrets.watchSecret("db"),
    ]);
    expect(rig.source.calls).toHaveLength(1);
    await clock.advance("2s");
  });

  test("for callers who leave before there is an answer: it is kept for the next one", async () => {
    await using rig = testSecrets({ db: creds() });
    rig.source.delay("db", "3s");
    const codes = await insist(rig, () => {
      const leaving = new AbortController();
      const read = rig.secrets.getSecret("db", { signal: leaving.signal });
      leaving.abort();
      return read;
    });
    expect(codes).toEqual(new Set(["aborted"]));
    rig.source.restore();
    expect((await rig.secrets.getSecret("db", { field: "password" })).reveal()).toBe("pw-1");
    expect(rig.source.calls).toHaveLength(1);
  });

  test("nor is a credential lost whose only reader leaves while the store is making it", async () => {
    await using rig = testSecrets({ db: creds() });
    rig.source.delay("db", "3s");
    const leaving = new AbortController();
    const read = refusal(rig.secrets.getSecret("db", { signal: leaving.signal }));
    await rig.clock.advance("1s");
    leaving.abort();
    expect((await read).code).toBe("aborted");
    await rig.clock.advance("2s");
    expect((await rig.secrets.getSecret("db", { field: "password" })).reveal()).toBe("pw-1");
    expect(rig.source.calls).toHaveLength(1);
  });

  test.each([
    ["whose answers are lost", lost],
    ["that times out", { failure: "timeout" } as const],
    ["that breaks", { failure: "unknown" } as const],
  ])("at a store %s", async (_what, reply) => {
    const clock = virtualClock();
    const source = scriptedSource(reply, { clock, traits: mints });
    const secrets = createSecrets({ source, clock });
    const codes = await insist({ clock }, () => secrets.getSecret("db"));
    expect(source.calls).toHaveLength(4);
    expect(codes).toContain("mint-budget-exhausted");
    await secrets.close();
  });

  test("for names that push each other out of the memory", async () => {
    const clock = virtualClock();
    const source = mockSource({ a: creds(), b: creds(), c: creds() }, { clock });
    const policy = { ttlMs: 300_000, maxStaleMs: 0 };
    const secrets = new SecretsInstance({
      sources: [{ name: "mock", members: [source], when: new Set(), policy }],
      defaultName: "mock",
      clock,
      random: () => 0.5,
      limits: { maxEntries: 1, maxBytes: 10 },
    });
    for (let round = 0; round < 50; round += 1) {
      for (const name of ["a", "b", "c"]) await secrets.getSecret(name);
      await clock.advance("1s");
    }
    expect(source.calls.map(({ name }) => name)).toEqual(["a", "b", "c"]);
    await secrets.close();
  });
});

test("a store that says no has made nothing: it may be asked again, at its pace", async () => {
  const clock = virtualClock();
  const source = scriptedSource({ failure: "access-denied" }, { clock, traits: mints });
  const secrets = createSecrets({ source, clock });
  const codes = await insist({ clock }, () => secrets.getSecret("db"));
  expect(source.calls.length).toBeGreaterThan(8);
  expect(codes).toEqual(new Set(["access-denied"]));
  await secrets.close();
});

test("nor has a store that failed, and says that it has made nothing", async () => {
  const clock = virtualClock();
  const failed = { failure: "unavailable", madeNothing: true, native: { status: 500 } } as const;
  const source = scriptedSource(failed, { clock, traits: mints });
  const secrets = createSecrets({ source, clock });
  const codes = await insist({ clock }, () => secrets.getSecret("db"));
  expect(codes).toEqual(new Set(["unavailable"]));
  // At the pace of an outage.
  expect(source.calls.length).toBeGreaterThan(4);
  expect(source.calls.length).toBeLessThan(40);
  await secrets.close();
});

test("out of budget, what is held is given, and health() says so of a watched one", async () => {
  await using rig = testSecrets({ db: creds() });
  const live = await rig.secrets.watchSecret("db", { field: "password" });
  await insist(rig, () => rig.secrets.getSecret("db", { refresh: true }));
  expect(live.current.reveal()).toBe("pw-4");
  expect(rig.secrets.health()).toMatchObject({ status: "degraded", problems: [{ code: "mint-budget-exhausted" }] });
  expect((await refusal(rig.secrets.getSecret("db", { refresh: true }))).code).toBe("mint-budget-exhausted");
  expect(rig.secrets.status()[0]).toMatchObject({ failure: "mint-budget-exhausted" });
});

test("a hint mints nothing", async () => {
  await using rig = testSecrets({ db: creds() });
  await rig.secrets.watchSecret("db");
  await rig.clock.advance("5s");
  rig.secrets.hint("db");
  await rig.clock.advance("5s");
  expect(rig.source.calls).toHaveLength(1);
});

test("in a fallback, a source that is out of budget is left for the next", async () => {
  const clock = virtualClock();
  const source = scriptedSource(lost, { clock, traits: mints });
  const secrets = createSecrets({ source: fallback([source, memorySource({ db: "static" })]), clock, ttl: "10s" });
  for (let round = 0; round < 60; round += 1) {
    expect((await secrets.getSecret("db")).reveal()).toBe("static");
    await clock.advance("9s");
  }
  expect(source.calls).toHaveLength(4);
  await secrets.close();
});

test("a process that was frozen while its credential was on its way does not give it when it is over", async () => {
  await using rig = testSecrets({ db: minted((count) => `pw-${count}`, { ttl: "1m" }) });
  rig.source.delay("db", "1s");
  const read = rig.secrets.getSecret("db");
  await rig.clock.settle();
  rig.source.restore();
  await rig.clock.stall("5m");
  expect((await read).reveal()).toBe("pw-2");
});
