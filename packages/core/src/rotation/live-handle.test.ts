import { inspect } from "node:util";
import { expect, test } from "vitest";
import { z } from "zod";
import { mockedInstance } from "../../test/mocked-instance.ts";
import { thrownBy } from "../../test/outcomes.ts";
import type { LiveSecret } from "./live-secret.ts";

const shown = (live: LiveSecret<unknown>): unknown => {
  try {
    return live.current.stale ?? live.current.reveal();
  } catch (error) {
    return (error as { readonly code: string }).code;
  }
};

test("watchers of one name share one schedule and its calls; a probe is enough while nothing changes", async () => {
  const { clock, secrets, asked } = mockedInstance();
  const lives = await Promise.all(Array.from({ length: 50 }, () => secrets.watchSecret("db")));
  await clock.advance("50m");
  const calls = asked();
  expect(calls.filter((call) => call === "read current")).toHaveLength(1);
  const probes = calls.filter((call) => call === "probe current").length;
  expect(probes).toBeGreaterThanOrEqual(9);
  expect(probes).toBeLessThanOrEqual(13);
  for (const live of lives) live.close();
  clock.assertIdle();
  await secrets.close();
});

test("what is watched is pinned, and nothing is asked when nobody watches", async () => {
  const seed = Object.fromEntries(Array.from({ length: 1200 }, (_, index) => [`other${index}`, "x"]));
  const { clock, source, secrets } = mockedInstance({ db: "one", ...seed });
  const live = await secrets.watchSecret("db");
  await Promise.all(Object.keys(seed).map((name) => secrets.getSecret(name)));
  source.forgetCalls();
  await secrets.getSecret("db");
  source.assertNoCalls();
  live.close();
  await clock.advance("1h");
  source.assertNoCalls();
  await secrets.close();
});

test("onRotate hears next and previous of every change, and `using` ends it", async () => {
  const { clock, source, secrets } = mockedInstance();
  const heard: string[] = [];
  {
    using live = await secrets.watchSecret("db");
    live.onRotate((next, previous) => heard.push(`${previous?.reveal()} to ${next.reveal()}`));
    source.rotate("db", "two");
    await clock.advance("5m");
    source.rotate("db", "three");
    await clock.advance("5m");
  }
  source.rotate("db", "four");
  await clock.advance("5m");
  expect(heard).toEqual(["one to two", "two to three"]);
  await secrets.close();
});

test("past maxStale `current` throws, to one tick, also while the calls hang", async () => {
  const { clock, source, secrets, told } = mockedInstance({ db: "one" }, { ttl: "1m", maxStale: "2m" });
  const live = await secrets.watchSecret("db");
  await clock.advance("1s");
  source.hang("db");
  await clock.advance("2m");
  expect(shown(live)).toBe("timeout");
  // 121 s have passed; the last look that the store answered was asked for at 0 s.
  await clock.advance("58s");
  expect(shown(live)).toBe("timeout");
  await clock.advance("2s");
  expect(shown(live)).toBe("stale-limit");
  expect(told("became-stale")).toEqual(["- timeout"]);
  expect(told("expired")).toEqual(["- timeout"]);
  source.restore();
  await clock.advance("61s");
  expect(shown(live)).toBe("one");
  await secrets.close();
});

test("a process that was frozen past maxStale finds that out at its first tick, while the call is under way", async () => {
  const { clock, source, secrets } = mockedInstance({ db: "one" }, { ttl: "1m", maxStale: "2m" });
  const live = await secrets.watchSecret("db");
  source.hang("db");
  clock.freeze("10m");
  await clock.advance("1s");
  expect(shown(live)).toBe("stale-limit");
  await secrets.close();
});

test("30 s after a denial `current` throws it, to one tick, also while a call is under way", async () => {
  const { clock, source, secrets } = mockedInstance({ db: "one" }, { ttl: "1m" });
  const live = await secrets.watchSecret("db");
  await clock.advance("2s");
  source.fail("db", "access-denied", { times: 1 });
  secrets.hint("db");
  await clock.settle();
  source.hang("db");
  await clock.advance("29s");
  expect(shown(live)).toBe("access-denied");
  expect(live.current.reveal()).toBe("one");
  await clock.advance("2s");
  // What the calls since have ended with, as for a reader.
  expect(["access-denied", "timeout"]).toContain(thrownBy(() => live.current).code);
  source.restore();
  await clock.advance("61s");
  expect(shown(live)).toBe("one");
  await secrets.close();
});

test("a schema that refuses several versions in a row keeps the last good one, up to its maxStale and no tick longer", async () => {
  const { clock, source, secrets } = mockedInstance({ db: { user: "a" } }, { ttl: "1m", maxStale: "4m" });
  const live = await secrets.watchSecret("db", { schema: z.object({ user: z.string() }) });
  // Another reader has no trouble with them.
  const other = await secrets.watchSecret("db", { as: "json" });
  source.rotate("db", { name: "b" });
  await clock.advance("1m");
  source.rotate("db", { name: "c" });
  await clock.advance("1m");
  expect([live.current.reveal(), live.current.stale]).toEqual([{ user: "a" }, "validation-failed"]);
  expect(other.current.reveal()).toEqual({ name: "c" });
  await clock.advance("179s");
  expect(shown(live)).toBe("validation-failed");
  expect(live.current.reveal()).toEqual({ user: "a" });
  await clock.advance("2s");
  expect(thrownBy(() => live.current).code).toBe("validation-failed");
  source.rotate("db", { user: "d" });
  await clock.advance("61s");
  expect(shown(live)).toEqual({ user: "d" });
  await secrets.close();
});

test("printed, it shows its name and no value", async () => {
  const { secrets } = mockedInstance({ db: "hunter2" });
  const live = await secrets.watchSecret("db");
  const text = "[live secret db: read its current]";
  expect([`${live}`, JSON.stringify(live), inspect(live)]).toEqual([text, `"${text}"`, text]);
  const hard = inspect([live, Object.create(live), new Proxy(live, {})], {
    showHidden: true,
    getters: true,
    customInspect: false,
    depth: 9,
  });
  expect(hard).not.toContain("hunter2");
  expect(`${Object.create(live)}`).toBe("[live secret: read its current]");
  await secrets.close();
});
