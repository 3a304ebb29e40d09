import { expect, test } from "vitest";
import { createSecrets } from "../src/client/create-secrets.ts";
import { virtualClock } from "../src/testing/virtual-clock.ts";
import { scriptedSource } from "./scripted-source.ts";

const spacing = [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300];

function distances(moments: readonly number[]): number[] {
  return moments.slice(1).map((at, index) => Math.round((at - (moments[index] ?? 0)) / 1000));
}

test("a watched secret whose rotation is announced for a moment that has passed is asked for less and less often", async () => {
  const clock = virtualClock();
  const source = scriptedSource({ payload: "value", version: "1", changesInMs: -60_000 }, { clock });
  const asked: number[] = [];
  const probe = async () => {
    asked.push(clock.now());
    return { version: "1", changesInMs: -60_000 };
  };
  const start = clock.now();
  const secrets = createSecrets({ source: { ...source, probe }, clock, ttl: "5m" });
  await secrets.watchSecret("db");
  await clock.advance("20m");
  expect(source.calls).toHaveLength(1);
  // A tick is a second: what falls due within it is asked for at its end.
  for (const [index, seconds] of distances([start, ...asked])
    .slice(0, spacing.length)
    .entries()) {
    expect(seconds - (spacing[index] ?? 0)).toBeOneOf([0, 1]);
  }
  expect(asked.length).toBeLessThan(15);
  await secrets.close();
});

test("nor is one that is read, with a version or without, and readers are not kept waiting", async () => {
  for (const version of [{ version: "1" }, {}]) {
    const clock = virtualClock();
    const source = scriptedSource({ payload: "value", changesInMs: 0, ...version }, { clock });
    const secrets = createSecrets({ source, clock, ttl: "5m" });
    for (let second = 0; second < 600; second += 1) {
      await secrets.getSecret("db");
      await clock.advance("1s");
    }
    expect(distances(source.calls.map(({ at }) => at))).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256]);
    await secrets.close();
  }
});

test("once it has come, the next one is waited for as the first was", async () => {
  const clock = virtualClock();
  const late = { payload: "old", version: "1", changesInMs: 0 };
  const source = scriptedSource([late, late, late, late, { payload: "new", version: "2", changesInMs: 0 }], { clock });
  const secrets = createSecrets({ source, clock, ttl: "5m" });
  for (let second = 0; second < 19; second += 1) {
    await secrets.getSecret("db");
    await clock.advance("1s");
  }
  expect((await secrets.getSecret("db")).reveal()).toBe("new");
  expect(distances(source.calls.map(({ at }) => at))).toEqual([1, 2, 4, 8, 1, 2]);
  await secrets.close();
});
