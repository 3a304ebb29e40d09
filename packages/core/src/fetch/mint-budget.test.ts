import { describe, expect, test } from "vitest";
import type { SecretRecord } from "../source/secret-record.ts";
import type { SecretRef } from "../source/secret-ref.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { InstanceTime } from "../time/instance-time.ts";
import { MintBudget } from "./mint-budget.ts";

const hour = 3_600_000;
const db: SecretRef = { name: "db", version: "current" };
const denied = { failure: "access-denied" } as const;
const lost = { failure: "timeout" } as const;
const leased = (ttlMs = hour): SecretRecord => ({ payload: "x", lease: { id: "lease/1", ttlMs, renewable: true } });

/** `always`: every read of the source mints. Otherwise the secrets that once came with a lease. */
function makeBudget({ always = true } = {}) {
  const clock = virtualClock();
  const time = new InstanceTime(clock);
  const budget = new MintBudget({ clock, time }, always);
  const departs = (ref: SecretRef) => budget.departs(ref, time.precise());
  /** One a second, all of whose answers are lost, until the budget refuses. */
  const allowance = async (ref = db) => {
    let count = 0;
    for (; budget.refusal(ref) === undefined; count += 1) {
      departs(ref)(lost);
      await clock.advance("1s");
    }
    return count;
  };
  return { clock, budget, departs, allowance };
}

test("the first and three more are minted, then none until the oldest of the three is 10 min ago", async () => {
  const { clock, budget, allowance } = makeBudget();
  expect(await allowance()).toBe(4);
  expect(budget.refusal(db)).toEqual({
    failure: "mint-budget-exhausted",
    retryAfterMs: 597_000,
    advice: expect.stringContaining("in 10 min"),
  });
  await clock.advance(596_999);
  expect(budget.refusal(db)).toMatchObject({ retryAfterMs: 1 });
  await clock.advance(1);
  expect(budget.refusal(db)).toBeUndefined();
});

test("a no that comes when nothing is remembered any more takes nothing back", async () => {
  const { clock, departs, allowance } = makeBudget();
  const late = departs(db);
  await clock.advance(600_000);
  departs(db)(denied);
  late(denied);
  expect(await allowance()).toBe(4);
});

test("each secret and each version of it has a budget of its own", async () => {
  const { budget, allowance } = makeBudget();
  await allowance();
  expect(budget.refusal({ name: "db", version: "previous" })).toBeUndefined();
  expect(await allowance({ name: "other", version: "current" })).toBe(4);
});

describe("a source that mints some of its secrets", () => {
  test("is not counted until a secret has come with a lease", async () => {
    const { budget, departs } = makeBudget({ always: false });
    for (let read = 0; read < 10; read += 1) departs(db)(lost);
    departs(db)({ payload: "without a lease" });
    expect([budget.mints(db), budget.refusal(db)]).toEqual([false, undefined]);
    departs(db)(leased());
    expect(budget.mints(db)).toBe(true);
    expect(budget.mints({ ...db, version: "previous" })).toBe(false);
  });

  test("is counted from its first lease on, which was needed", async () => {
    const { clock, allowance, departs } = makeBudget({ always: false });
    departs(db)(leased());
    await clock.advance("1s");
    expect(await allowance()).toBe(3);
  });

  test("a no to a read that left before anything was known takes nothing back", async () => {
    const { clock, allowance, departs } = makeBudget({ always: false });
    const [one, other] = [departs(db), departs(db)];
    one(leased());
    other(denied);
    await clock.advance("1s");
    expect(await allowance()).toBe(3);
  });

  test("is known to mint, also after the store's no", async () => {
    const { clock, budget, allowance, departs } = makeBudget({ always: false });
    departs(db)(leased(60_000));
    await clock.advance("1m");
    departs(db)(denied);
    expect(budget.mints(db)).toBe(true);
    // The one that the lease needs is due still.
    await clock.advance("1s");
    expect(await allowance()).toBe(4);
  });
});

describe("a read that has made nothing", () => {
  test.each([
    ["the store's own no", denied],
    ["an item that a batch has sent to be read alone", "alone" as const],
  ])("%s, counts for nothing", async (_what, answer) => {
    const { clock, budget, allowance, departs } = makeBudget();
    for (let read = 0; read < 10; read += 1) {
      expect(budget.refusal(db)).toBeUndefined();
      departs(db)(answer);
      await clock.advance("1s");
    }
    expect(await allowance()).toBe(4);
  });

  test("counts for nothing where several were asked for at once", async () => {
    const { clock, allowance, departs } = makeBudget();
    const arrivals = [departs(db), departs(db), departs(db)];
    for (const arrived of arrivals) arrived(denied);
    await clock.advance("1s");
    expect(await allowance()).toBe(4);
  });

  test("beyond what the lease needs gives its place back", async () => {
    const { clock, allowance, departs } = makeBudget();
    departs(db)(leased());
    await clock.advance("1s");
    for (let read = 0; read < 10; read += 1) {
      departs(db)(denied);
      await clock.advance("1s");
    }
    expect(await allowance()).toBe(3);
  });
});

describe("the next credential is one that the lease needs", () => {
  test.each([
    ["before 66 % of the lease", leased(60_000), 36_000, 3],
    ["from 66 % of the lease on", leased(60_000), 40_000, 4],
  ])("%s", async (_when, record, afterMs, count) => {
    const { clock, allowance, departs } = makeBudget();
    departs(db)(record);
    await clock.advance(afterMs);
    expect(await allowance()).toBe(count);
  });

  test.each([
    [36_000, 3],
    [40_000, 4],
  ])("from 66 % of its own validity on, where that is shorter (%i ms)", async (afterMs, count) => {
    const { clock, allowance, departs } = makeBudget();
    departs(db)({ ...leased(), validUntil: clock.now() + 60_000 });
    await clock.advance(afterMs);
    expect(await allowance()).toBe(count);
  });

  test("counted from the departure, however long the answer took", async () => {
    const { clock, allowance, departs } = makeBudget();
    const arrived = departs(db);
    await clock.advance("39s");
    arrived(leased(60_000));
    await clock.advance("1s");
    expect(await allowance()).toBe(4);
  });
});

test("a record without a lease from a source that mints counts as one whose lease is unknown", async () => {
  const { clock, allowance, departs } = makeBudget();
  departs(db)({ payload: "x" });
  await clock.advance("1s");
  expect(await allowance()).toBe(3);
});

test("what says nothing any more is forgotten, whenever what is remembered has doubled", async () => {
  const { clock, budget, departs } = makeBudget({ always: false });
  const ref = (index: number): SecretRef => ({ name: `name-${index}`, version: "current" });
  const mint = (from: number, to: number, ttlMs: number) => {
    for (let index = from; index < to; index += 1) departs(ref(index))(leased(ttlMs));
  };
  mint(0, 99, 60_000);
  await clock.advance("1h");
  expect(budget.mints(ref(0))).toBe(true);
  mint(99, 100, hour);
  // The hundredth looks through them all: only it is left.
  expect([0, 98, 99].map((index) => budget.mints(ref(index)))).toEqual([false, false, true]);
  mint(100, 198, 60_000);
  await clock.advance("11m");
  // Those of a minute are forgotten; what has a longer lease is not, nor is everything looked through at each read.
  mint(199, 200, hour);
  expect([99, 100, 197, 199].map((index) => budget.mints(ref(index)))).toEqual([true, false, false, true]);
});

test("many that count are not looked through at each read", async () => {
  const { clock, budget, departs } = makeBudget({ always: false });
  const ref = (index: number): SecretRef => ({ name: `name-${index}`, version: "current" });
  for (let index = 0; index < 100; index += 1) departs(ref(index))(leased(60_000));
  await clock.advance("1h");
  for (let index = 100; index < 199; index += 1) departs(ref(index))(leased());
  expect(budget.mints(ref(0))).toBe(true);
  departs(ref(199))(leased());
  expect(budget.mints(ref(0))).toBe(false);
});
