import { describe, expect, test } from "vitest";
import { z } from "zod";
import { memorySource } from "../built-in/memory-source.ts";
import { createSecrets } from "../client/create-secrets.ts";
import type { Secrets } from "../client/secrets.ts";
import { isSecretsError } from "../errors/secrets-error.ts";
import { policyDefaults } from "../policy/defaults.ts";
import { type VirtualClock, virtualClock } from "../testing/virtual-clock.ts";
import { env, loadConfig, secret } from "./index.ts";

/** Answers for `quick`, and for nothing else until it is told to end. */
function slowSecrets(clock: VirtualClock) {
  const signals: AbortSignal[] = [];
  const source = memorySource();
  const secrets = createSecrets({
    clock,
    source: {
      ...source,
      async read({ name }, { signal }) {
        if (name === "quick") return { payload: "1" };
        signals.push(signal);
        return new Promise((_, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason), { once: true });
        });
      },
    },
  });
  return { secrets, signals };
}

async function outcomeOf(loading: Promise<unknown>) {
  const error: unknown = await loading.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isSecretsError(error)) return undefined;
  return error.problems?.map(({ path, code, source, name }) => ({ path, code, source, name }));
}

describe("when the start-up budget is over", () => {
  test("every unfinished item is named with its source, the calls end, and nothing is left behind", async () => {
    const clock = virtualClock();
    const { secrets, signals } = slowSecrets(clock);
    const spec = { a: secret("quick"), b: secret("slow"), c: env("C"), d: [secret("slower")] };
    const outcome = outcomeOf(loadConfig(spec, { secrets, within: "2s", clock, env: {} }));
    await clock.advance(1999);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false]);
    await clock.advance(1);
    // Two have waited 2 s each without a word of the store: one of the calls is heard out, to know whether it is there.
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    expect(await outcome).toEqual([
      { path: "b", code: "timeout", source: "memory", name: "slow" },
      { path: "c", code: "not-found", source: "environment", name: "C" },
      { path: "d[0]", code: "timeout", source: "memory", name: "slower" },
    ]);
    await clock.advance(policyDefaults.attemptMs - 2000);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    clock.assertIdle();
  });

  test("the reason says how long it was", async () => {
    const clock = virtualClock();
    const { secrets } = slowSecrets(clock);
    const loading = loadConfig({ a: secret("slow") }, { secrets, within: "500ms", clock });
    const said = expect(loading).rejects.toThrow(/the start-up budget of 0\.5 s was over.*`within`/s);
    await clock.advance(500);
    await said;
  });

  test("it is over for who does not listen, too", async () => {
    const clock = virtualClock();
    const deaf = { getSecret: () => new Promise(() => {}) } as unknown as Secrets;
    const outcome = outcomeOf(
      loadConfig({ a: secret("x", { source: "far" }) }, { secrets: deaf, within: "1s", clock }),
    );
    await clock.advance("1s");
    expect(await outcome).toEqual([{ path: "a", code: "timeout", source: "far", name: "x" }]);
    clock.assertIdle();
  });

  test("what arrives in the last moment afterwards does not count", async () => {
    const clock = virtualClock();
    const late = {
      getSecret: (_: string, { signal }: { signal: AbortSignal }) =>
        new Promise((resolve) => signal.addEventListener("abort", () => resolve("too late"))),
    } as unknown as Secrets;
    const outcome = outcomeOf(loadConfig({ a: secret("x") }, { secrets: late, within: "1s", clock }));
    await clock.advance("1s");
    expect(await outcome).toMatchObject([{ path: "a", code: "timeout", name: "x" }]);
  });

  test("schemas that hang are part of it", async () => {
    const clock = virtualClock();
    const hanging = z.string().transform(() => new Promise<string>(() => {}));
    const spec = { a: env("A", hanging), b: secret("b", hanging, { env: "B" }) };
    const outcome = outcomeOf(loadConfig(spec, { clock, env: { A: "1", B: "2" }, within: "3s" }));
    await clock.advance("3s");
    expect(await outcome).toMatchObject([
      { path: "a", code: "timeout", source: "environment", name: "A" },
      { path: "b", code: "timeout", name: "b" },
    ]);
  });
});

test("is 15 s where nothing else is said", async () => {
  const clock = virtualClock();
  const deaf = { getSecret: () => new Promise(() => {}) } as unknown as Secrets;
  const outcome = outcomeOf(loadConfig({ a: secret("x") }, { secrets: deaf, clock }));
  await clock.advance(policyDefaults.configMs - 1);
  expect([policyDefaults.configMs, clock.pending]).toEqual([15_000, 1]);
  expect(clock.holding).toBe(1);
  await clock.advance(1);
  expect(await outcome).toMatchObject([{ code: "timeout" }]);
});

test("a config that is complete leaves no timer", async () => {
  const clock = virtualClock();
  await loadConfig({ a: secret("quick"), b: 1 }, { secrets: slowSecrets(clock).secrets, clock });
  clock.assertIdle();
});

test("an instance that gives up earlier says so itself", async () => {
  const clock = virtualClock();
  const { secrets } = slowSecrets(clock);
  const outcome = outcomeOf(loadConfig({ a: secret("slow") }, { secrets, clock, within: "1h" }));
  await clock.advance("1m");
  expect(await outcome).toEqual([{ path: "a", code: "timeout", source: "memory", name: "slow" }]);
});

test("an instance that is closed meanwhile says so", async () => {
  const clock = virtualClock();
  const { secrets } = slowSecrets(clock);
  const outcome = outcomeOf(
    loadConfig({ a: secret("slow"), b: secret("slow", { optional: true }) }, { secrets, clock }),
  );
  await clock.settle();
  await secrets.close();
  expect((await outcome)?.map(({ code }) => code)).toEqual(["closed", "closed"]);
});
