import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test, vi } from "vitest";
import { batchingSource } from "./batching-source.ts";
import { refusal } from "./outcomes.ts";
import { scriptedSource } from "./scripted-source.ts";
import { distances, names, seededInstance, tallying } from "./steady-readers.ts";

const original = EventTarget.prototype.addEventListener;

test("a thousand readers of a cold secret make one call", async () => {
  const { secrets, source } = seededInstance(() => scriptedSource("value"));
  const reads = await Promise.all(Array.from({ length: 1000 }, () => secrets.getSecret("db")));
  expect(new Set(reads.map((secret) => secret.reveal()))).toEqual(new Set(["value"]));
  expect(source.calls).toHaveLength(1);
});

test.each([
  [20, 5],
  [30, 4],
  [100, 1],
  [1000, 1],
])("a hundred names at once, with a batch of %i, make %i calls", async (limit, calls) => {
  const { secrets, source } = seededInstance(() => batchingSource({ limit }));
  const reads = await Promise.all(names(100).map((name) => secrets.getSecret(name)));
  expect(reads.map((secret) => secret.reveal())).toEqual(names(100).map((name) => `value of ${name}`));
  expect(source.batches).toHaveLength(calls);
  expect(source.single.calls).toHaveLength(0);
});

describe("a thousand reads a second for a minute", () => {
  async function poll(read: () => Promise<unknown>, advance: (ms: number) => Promise<void>): Promise<void> {
    for (let ms = 0; ms < 60_000; ms += 1) {
      void read();
      await advance(1);
    }
  }

  test("of a secret that does not exist make at most 7 calls", async () => {
    const { secrets, source, clock } = seededInstance((made) =>
      scriptedSource({ failure: "not-found" }, { clock: made }),
    );
    let absent = 0;
    await poll(
      async () => {
        if ((await secrets.getSecret("db", { optional: true })) === undefined) absent += 1;
      },
      (ms) => clock.advance(ms),
    );
    expect(absent).toBe(60_000);
    expect(source.calls.length).toBeLessThanOrEqual(7);
    expect(Math.min(...distances(source.calls.map(({ at }) => at)))).toBeGreaterThanOrEqual(10_000);
  });

  test.each([1, 2, 3, 4, 5])("of a secret that is denied back off, doubling (%i)", async (seed) => {
    const make = () => scriptedSource({ failure: "access-denied" });
    const { secrets, source, clock } = seededInstance(make, { seed });
    const failures: Promise<unknown>[] = [];
    secrets.on((event) => {
      if (event.type === "refresh-failed") failures.push(Promise.resolve(event.nextTryInMs));
    });
    await poll(
      () => refusal(secrets.getSecret("db")),
      (ms) => clock.advance(ms),
    );
    // The mean wait is half of 1 s, 2 s, 4 s, ...: about eight calls in a minute.
    expect(source.calls.length).toBeLessThanOrEqual(20);
    expect(failures).toHaveLength(source.calls.length);
    expect(Math.min(...((await Promise.all(failures)) as number[]))).toBeGreaterThanOrEqual(100);
  });

  test("with `refresh: true` make at most one call a second", async () => {
    const { secrets, source, clock } = seededInstance((made) => scriptedSource("value", { clock: made }));
    await poll(
      () => secrets.getSecret("db", { refresh: true }),
      (ms) => clock.advance(ms),
    );
    expect(source.calls).toHaveLength(60);
    expect(Math.min(...distances(source.calls.map(({ at }) => at)))).toBe(1000);
  });

  test("with `refresh: true`, of a store that fails, too", async () => {
    const { secrets, source, clock } = seededInstance((made) =>
      scriptedSource({ failure: "deleted" }, { clock: made }),
    );
    await poll(
      () => refusal(secrets.getSecret("db", { refresh: true })),
      (ms) => clock.advance(ms),
    );
    expect(source.calls).toHaveLength(60);
  });

  test('with `maxAge: "0s"` make at most one call a second', async () => {
    const { secrets, source, clock } = seededInstance((made) => scriptedSource("value", { clock: made }));
    await poll(
      () => secrets.getSecret("db", { maxAge: "0s" }),
      (ms) => clock.advance(ms),
    );
    expect(source.calls).toHaveLength(60);
  });

  test.each([
    ["answers older than the ttl", { payload: "value", ageMs: 86_400_000 }],
    ["a rotation that is always about to happen", { payload: "value", changesInMs: 0 }],
  ])("of a store with %s make at most one call a second", async (_what, record) => {
    const { secrets, source, clock } = seededInstance((made) => scriptedSource(record, { clock: made }));
    await poll(
      () => secrets.getSecret("db"),
      (ms) => clock.advance(ms),
    );
    expect(source.calls.length).toBeLessThanOrEqual(60);
  });
});

test("a store that throttles a thousand secrets is asked once per 5 s or more", async () => {
  const { secrets, source, clock } = seededInstance((made) =>
    scriptedSource({ failure: "throttled" }, { clock: made }),
  );
  const { tally, count } = tallying();
  const start = clock.now();
  for (let second = 0; second < 300; second += 1) {
    for (const name of names(1000)) count(secrets.getSecret(name));
    await clock.advance("1s");
  }
  expect(tally).toEqual({ fresh: 0, stale: {}, failed: { throttled: 300_000 } });
  const later = source.calls.map(({ at }) => at - start).filter((at) => at > 1000);
  // Of the first second: three attempts of each call that had a slot.
  expect(source.calls.length - later.length).toBeLessThanOrEqual(24);
  expect(Math.min(...distances(later))).toBeGreaterThanOrEqual(5000);
  expect(later.length).toBeLessThanOrEqual(60);
});

test("a thousand names at once do not all listen to one signal, which looks through its listeners for each that is added", async () => {
  const listeners = new Map<unknown, number>();
  const added = vi.spyOn(EventTarget.prototype, "addEventListener").mockImplementation(function (
    this: EventTarget,
    ...given
  ) {
    listeners.set(this, (listeners.get(this) ?? 0) + 1);
    return Reflect.apply(original, this, given);
  });
  const { secrets } = seededInstance(() => scriptedSource("value"));
  await secrets.getSecret("db");
  listeners.clear();
  const reads = names(1000).map((name) => secrets.getSecret(name));
  await new Promise<void>((resolve) => process.nextTick(() => queueMicrotask(resolve)));
  // While all of them wait for a place.
  const most = Math.max(...listeners.values());
  await Promise.all(reads);
  added.mockRestore();
  expect(listeners.size).toBeGreaterThan(900);
  expect(most).toBeLessThan(20);
});

describe("a caller who varies names cannot eat the heap", () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;

  test("a hundred thousand names leave a thousand entries", async () => {
    const { secrets, source, clock } = seededInstance(() =>
      scriptedSource(({ ref }) => Promise.resolve({ payload: ref.name.repeat(10) })),
    );
    const heapAfter = async (from: number, to: number) => {
      for (let next = from; next < to; next += 500) {
        await Promise.all(Array.from({ length: 500 }, (_, index) => secrets.getSecret(`name-${next + index}`)));
      }
      // The call log of the source is not what is measured.
      (source.calls as unknown[]).length = 0;
      collect();
      return process.memoryUsage().heapUsed;
    };
    const early = await heapAfter(0, 10_000);
    const late = await heapAfter(10_000, 100_000);
    expect(secrets.status()).toHaveLength(1000);
    expect(late - early).toBeLessThan(4 * 1024 * 1024);
    clock.assertIdle();
  });

  test("also where none of them exists, or the store is down", async () => {
    const { secrets, source, clock } = seededInstance(() => scriptedSource({ failure: "not-found" }));
    for (const name of names(3000)) void refusal(secrets.getSecret(name));
    await clock.settle();
    expect(secrets.status()).toHaveLength(1000);
    source.script({ failure: "unavailable" });
    for (const name of names(3000)) void refusal(secrets.getSecret(`other-${name}`));
    await clock.advance("10s");
    expect(secrets.status().length).toBeLessThanOrEqual(1000);
  });
});
