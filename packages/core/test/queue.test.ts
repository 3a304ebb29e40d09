import { expect, test } from "vitest";
import { scriptedInstance } from "./scripted-instance.ts";
import { hangs, type ReadCall } from "./scripted-source.ts";

/** Answers after that time. */
function slow(ms: number, clockOf: () => { setTimer(callback: () => void, ms: number): unknown }) {
  return ({ ref }: ReadCall) => new Promise((resolve) => clockOf().setTimer(() => resolve({ payload: ref.name }), ms));
}

function manyReads(count: number, reply: (clockOf: () => ReturnType<typeof scriptedInstance>["clock"]) => unknown) {
  const made = scriptedInstance(reply(() => made.clock) as Parameters<typeof scriptedInstance>[0]);
  const start = made.clock.now();
  const settled: { at: number; outcome: unknown }[] = [];
  const reads = Array.from({ length: count }, async (_, number) => {
    const outcome = await made.secrets.getSecret(`s${number}`).catch((error: unknown) => error);
    settled.push({ at: made.clock.now() - start, outcome });
  });
  return { ...made, reads, settled, at: () => made.source.calls.map((call) => call.at - start) };
}

test("the wait for a place is part of a read's ten seconds, and what gets one has time for an attempt", async () => {
  const { clock, reads, settled, at, secrets, source } = manyReads(40, (clockOf) => slow(2900, clockOf));
  await clock.advance("10s");
  await Promise.all(reads);
  expect(Math.max(...settled.map((one) => one.at))).toBeLessThanOrEqual(10_000);
  expect(at()).toEqual([0, 2900, 5800].flatMap((moment) => Array(8).fill(moment)));
  const late = settled.filter(({ outcome }) => outcome instanceof Error);
  expect(late).toHaveLength(16);
  for (const { at: moment, outcome } of late) {
    expect(moment).toBe(7000);
    expect(outcome).toMatchObject({ code: "timeout", attempts: 0, advice: expect.stringContaining("too slowly") });
  }
  // Busy is not out: whoever comes next is let through at once.
  const next = secrets.getSecret("s39");
  await clock.advance(2900);
  expect((await next).reveal()).toBe("s39");
  expect(source.calls).toHaveLength(25);
  clock.assertIdle();
});

test("nobody waits longer than that behind a store that hangs", async () => {
  const { clock, reads, settled } = manyReads(1000, () => hangs);
  await clock.advance("10s");
  await Promise.all(reads);
  expect(settled).toHaveLength(1000);
  clock.assertIdle();
});
