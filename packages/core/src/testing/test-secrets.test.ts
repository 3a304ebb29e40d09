import { describe, expect, expectTypeOf, test } from "vitest";
import { refusal, thrownBy } from "../../test/outcomes.ts";
import { loadConfig, secret } from "../config/index.ts";
import { minted } from "./minted.ts";
import type { MockSource } from "./mock-source.ts";
import { type TestSecrets, testSecrets } from "./test-secrets.ts";
import { virtualClock } from "./virtual-clock.ts";
import { withTestSecrets } from "./with-test-secrets.ts";

/** The fastest of ten, since others may use the machine: a sleep anywhere in it would be in each of them. */
async function fastestOf(run: () => Promise<void>): Promise<number> {
  let fastest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 10; round += 1) {
    const from = performance.now();
    await run();
    fastest = Math.min(fastest, performance.now() - from);
  }
  return fastest;
}

test("a rotation, without a sleep and in less than 50 ms", async () => {
  const fastest = await fastestOf(async () => {
    await using test = testSecrets({ db: { username: "app", password: "one" } });
    const { secrets, source, clock } = test;
    expect((await secrets.getSecret("db", { field: "password" })).reveal()).toBe("one");
    source.rotate("db", { username: "app", password: "two" });
    await clock.advance("5m");
    expect((await secrets.getSecret("db", { field: "password" })).reveal()).toBe("two");
  });
  expect(fastest).toBeLessThan(50);
});

test("a rotation that a watched secret follows by itself, in less than 50 ms", async () => {
  const fastest = await fastestOf(async () => {
    await using test = testSecrets({ db: "one" });
    const { secrets, source, clock } = test;
    const live = await secrets.watchSecret("db");
    source.rotate("db", "two");
    await clock.advance("5m");
    expect(live.current.reveal()).toBe("two");
  });
  expect(fastest).toBeLessThan(50);
});

test("a read that needs time gets it from clock.until()", async () => {
  await using test = testSecrets({ db: "one" });
  const { secrets, source, clock } = test;
  source.fail("db", "unavailable", { times: 2 });
  expect((await clock.until(secrets.getSecret("db"))).reveal()).toBe("one");
  expect(source.calls).toHaveLength(3);
  source.assertAllUsed();
  await clock.advance("2s");
  source.hang("db");
  const error = await refusal(clock.until(secrets.getSecret("db", { refresh: true })));
  expect([error.code, error.attempts]).toEqual(["timeout", 3]);
});

test("what is scripted is said in the error", async () => {
  await using test = testSecrets({ db: "one" });
  test.source.fail("db", "access-denied");
  const error = await refusal(test.secrets.getSecret("db"));
  expect(error.message).toBe(
    'The store denied access to the secret (secret "db", source "mock"). The test scripted it: fail("db", "access-denied").',
  );
});

test("nothing is left to chance: the same script takes the same time", async () => {
  const times: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    await using test = testSecrets({ db: "one" });
    test.source.fail("db", "throttled", { times: 2 });
    await test.clock.until(test.secrets.getSecret("db"));
    times.push(test.clock.monotonic());
  }
  expect(new Set(times).size).toBe(1);
  expect(times[0]).toBeGreaterThan(0);
});

test("ttl and maxStale are the instance's", async () => {
  await using test = testSecrets({ db: "one" }, { ttl: "1m", maxStale: "2m" });
  const { secrets, source, clock } = test;
  await secrets.getSecret("db");
  source.failAll("unavailable");
  await clock.advance("2m");
  const stale = await clock.until(secrets.getSecret("db"));
  expect([stale.reveal(), stale.stale]).toEqual(["one", "unavailable"]);
  await clock.advance("1m");
  expect((await refusal(clock.until(secrets.getSecret("db")))).code).toBe("stale-limit");
});

test("further sources have names, and mint if their secrets are minted", async () => {
  await using test = testSecrets(
    { db: "static" },
    { sources: { vault: { "creds/app": minted((count) => ({ user: `app-${count}` })) } }, batch: false },
  );
  const { secrets, source, sources } = test;
  expect((await secrets.getSecret("db")).reveal()).toBe("static");
  expect((await secrets.getSecret("creds/app", { source: "vault", field: "user" })).reveal()).toBe("app-1");
  expect(sources.mock).toBe(source);
  expect([source.calls.length, sources.vault.calls.length, source.batch]).toEqual([1, 1, undefined]);
});

test("a config is loaded from it", async () => {
  await using test = testSecrets({ db: { user: "app" }, stripe: "key" });
  const config = await loadConfig(
    { user: secret("db", { field: "user" }), stripe: secret("stripe") },
    { secrets: test.secrets, clock: test.clock, env: {} },
  );
  expect([config.user.reveal(), config.stripe.reveal()]).toEqual(["app", "key"]);
  expect(new Set(test.source.calls.map(({ request }) => request))).toEqual(new Set([1]));
});

describe("closing", () => {
  test("ends what is under way, closes the sources, and is done once", async () => {
    const test = testSecrets({ db: "one" }, { sources: { other: {} } });
    test.source.hang("db");
    const read = refusal(test.secrets.getSecret("db"));
    await Promise.all([test.close(), test.close()]);
    await test[Symbol.asyncDispose]();
    expect((await read).code).toBe("closed");
    expect([test.source.closed, test.sources.other.closed, test.clock.pending]).toEqual([true, true, 0]);
  });

  test("fails where a timer is left pending", async () => {
    const test = testSecrets();
    test.clock.setTimer(() => {}, 1000);
    await expect(test.close()).rejects.toThrow("1 timer is still pending");
  });

  test("leaves a shared clock to the one who made it", async () => {
    const clock = virtualClock();
    const test = testSecrets({}, { clock });
    const timer = clock.setTimer(() => {}, 1000);
    await test.close();
    expect([test.clock === clock, clock.pending]).toEqual([true, 1]);
    timer.cancel();
  });
});

test.each([
  () => testSecrets({}, { sources: 7 as never }),
  () => testSecrets({}, { sources: { mock: {} } }),
  () => testSecrets({}, { sources: { a: 7 as never } }),
  () => testSecrets({}, { clock: {} as never }),
  () => testSecrets({}, { ttl: 5 as never }),
  () => testSecrets({}, { source: "a" } as never),
  () => testSecrets("x" as never),
])("what is wrong is refused: %#", (make) => {
  expect(thrownBy(make).code).toBe("invalid-options");
});

test("the sources are known by their names, and a name that is none of them is an error of types", async () => {
  await using several = testSecrets({}, { sources: { vault: { db: "one" } } });
  expectTypeOf(several.sources).toEqualTypeOf<Readonly<Record<"vault" | "mock", MockSource>>>();
  await using alone = testSecrets({ db: "one" });
  expectTypeOf(alone.sources).toEqualTypeOf<Readonly<Record<"mock", MockSource>>>();
  expectTypeOf(alone).toExtend<TestSecrets>();
  const run = (test: TestSecrets<"vault">) => test.sources.vault.calls.length;
  expect(await withTestSecrets({}, { sources: { vault: {} } }, run)).toBe(0);
  expect(await withTestSecrets({}, ({ sources }) => Object.keys(sources))).toEqual(["mock"]);
});
