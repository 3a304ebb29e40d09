import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { settlePromises } from "./settle-promises.ts";

afterEach(() => {
  vi.useRealTimers();
});

test("runs a chain of any length of promises", async () => {
  let steps = 0;
  async function chain(): Promise<void> {
    for (; steps < 10_000; steps++) await null;
  }
  void chain();
  await settlePromises();
  expect(steps).toBe(10_000);
});

test("runs what next ticks and microtasks start in each other", async () => {
  const ran: string[] = [];
  process.nextTick(() => {
    ran.push("tick");
    queueMicrotask(() => {
      ran.push("microtask");
      process.nextTick(() => ran.push("tick of a microtask"));
    });
  });
  await settlePromises();
  expect(ran).toEqual(["tick", "microtask", "tick of a microtask"]);
});

test("adds turns for those who wait for the next turn", async () => {
  let turns = 0;
  async function yielding(): Promise<void> {
    for (; turns < 20; turns++) await nextTurn();
  }
  void yielding();
  await settlePromises();
  expect(turns).toBe(20);
});

test("takes a single turn where nobody waits for the next one", async () => {
  let turns = 0;
  let stop = false;
  const unnoticed = () => {
    turns += 1;
    if (!stop) setImmediate(unnoticed).unref();
  };
  unnoticed();
  await settlePromises();
  stop = true;
  expect(turns).toBeLessThanOrEqual(2);
});

test("but not for ever", async () => {
  let turns = 0;
  let stop = false;
  const endless = () => {
    turns += 1;
    if (!stop) setImmediate(endless);
  };
  endless();
  await settlePromises();
  stop = true;
  expect(turns).toBeGreaterThan(90);
  expect(turns).toBeLessThan(110);
});

test("does not need the global timers, and leaves a runner's fake ones alone", async () => {
  vi.useFakeTimers();
  const faked = vi.fn();
  setImmediate(faked);
  setTimeout(faked, 0);
  let settled = false;
  void Promise.resolve().then(() => {
    settled = true;
  });
  await settlePromises();
  expect(settled).toBe(true);
  expect(faked).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(2);
});

test("nor does a copy that was loaded only after the runner had replaced them", async () => {
  vi.useFakeTimers();
  const copyAt = "./settle-promises.ts?loaded-late";
  const copy = (await import(/* @vite-ignore */ copyAt)) as typeof import("./settle-promises.ts");
  expect(copy.settlePromises).not.toBe(settlePromises);
  await expect(copy.settlePromises()).resolves.toBeUndefined();
});
