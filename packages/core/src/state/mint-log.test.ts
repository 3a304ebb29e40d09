import { describe, expect, test } from "vitest";
import { counts, isPlanned, type MintLog, mintableIn, minted, minting, noMints, unminted } from "./mint-log.ts";

const minute = 60_000;
const hour = 60 * minute;

/** Mints whenever one is allowed, every `stepMs`; each lasts `spanMs`, or its answer is lost. */
function mintsIn(forMs: number, stepMs: number, spanMs: number | "lost"): number[] {
  let log = noMints;
  const at: number[] = [];
  for (let now = 0; now < forMs; now += stepMs) {
    if (mintableIn(log, now) > 0) continue;
    at.push(now);
    log = minting(log, now);
    if (spanMs !== "lost") log = minted(log, now, spanMs);
  }
  return at;
}

describe("however often somebody asks,", () => {
  test("the first, and three in 10 min, are minted while the answers are lost", () => {
    expect(mintsIn(10 * minute, 500, "lost")).toEqual([0, 500, 1000, 1500]);
    expect(mintsIn(20 * minute, 500, "lost")).toHaveLength(7);
  });

  test("three in 10 min are minted besides those that a lease of 1 h needs", () => {
    const at = mintsIn(hour, 1000, hour);
    // The first, and the one that is due after 66 % of the youngest.
    expect(at.length).toBeLessThanOrEqual(2 + 3 * 6);
    for (const from of at) expect(at.filter((one) => one >= from && one < from + 10 * minute).length).toBeLessThan(6);
  });

  test("at most one a second is minted where each is over at once, but for the three", () => {
    expect(mintsIn(10_000, 10, 1).length).toBeLessThanOrEqual(10 + 3);
  });
});

describe("a mint is planned", () => {
  test("where there was none, and from 66 % of the lease of the last one", () => {
    expect(isPlanned(noMints, 0)).toBe(true);
    const log = minted(minting(noMints, 0), 0, hour);
    expect(isPlanned(log, 0.65 * hour)).toBe(false);
    expect(isPlanned(log, 0.67 * hour)).toBe(true);
  });

  test("from that moment on, and a second after the last one", () => {
    const log = minted(minting(noMints, 0), 0, 5 * minute);
    expect([-1, 0].map((ms) => isPlanned(log, log.plannedFrom + ms))).toEqual([false, true]);
    const short = minted(minting(noMints, 0), 0, 1);
    expect([999, 1000].map((now) => isPlanned(short, now))).toEqual([false, true]);
  });

  test("once: the next is not until one has arrived", () => {
    const lost = minting(minted(minting(noMints, 0), 0, hour), hour);
    expect(isPlanned(lost, hour + 9 * minute)).toBe(false);
    expect(lost.unplanned).toEqual([]);
    expect(minting(lost, hour + 9 * minute).unplanned).toEqual([hour + 9 * minute]);
  });

  test("again where nothing was made for 10 min", () => {
    const lost = minting(noMints, 0);
    expect(isPlanned(lost, 10 * minute)).toBe(true);
  });
});

describe("where the store has said no", () => {
  test("an unplanned mint is taken back", () => {
    const log = minting(minted(minting(noMints, 0), 0, hour), 5000);
    expect(log.unplanned).toEqual([5000]);
    expect(unminted(log, 5000)?.unplanned).toEqual([]);
  });

  test("a planned one is due still", () => {
    const log = minting(minted(minting(noMints, 0), 0, hour), hour / 2);
    const due = minting(minted(log, hour / 2, 60_000), hour / 2 + 60_000);
    const refused = unminted(due, hour / 2 + 60_000) as MintLog;
    expect(refused.unplanned).toEqual([hour / 2]);
    expect(isPlanned(refused, hour / 2 + 62_000)).toBe(true);
  });

  test("nothing is remembered where there was nothing else", () => {
    expect(unminted(minting(noMints, 7), 7)).toBeUndefined();
  });

  test("takes back one alone, of several of the same moment", () => {
    const log: MintLog = { unplanned: [1000, 5000, 5000], plannedFrom: Number.POSITIVE_INFINITY, lastAt: 5000 };
    expect(unminted(log, 5000)?.unplanned).toEqual([1000, 5000]);
  });
});

test("the wait ends when the oldest of the three leaves the window, or the schedule needs one", () => {
  let log = minted(minting(noMints, 0), 0, hour);
  for (const at of [1000, 2000, 3000]) log = minted(minting(log, at), at, hour);
  expect(mintableIn(log, 4000)).toBe(10 * minute + 1000 - 4000);
  const short = minted(log, 3000, 10_000);
  expect(mintableIn(short, 4000)).toBe(3000 + 6600 - 4000);
  expect([mintableIn(short, 60_000), mintableIn(log, 11 * minute)]).toEqual([0, 0]);
});

test("no more is remembered than counts", () => {
  let log = minted(minting(noMints, 0), 0, hour);
  for (const at of [1000, 2000]) log = minting(log, at);
  expect(minting(log, 1000 + 10 * minute - 1).unplanned).toEqual([1000, 2000, 1000 + 10 * minute - 1]);
  expect(minting(log, 1000 + 10 * minute).unplanned).toEqual([2000, 1000 + 10 * minute]);
  expect(minting(log, 12 * minute).unplanned).toEqual([12 * minute]);
});

test("what says no more than nothing does is forgotten", () => {
  const log = minted(minting(noMints, 0), 0, hour);
  expect(counts(log, 11 * minute)).toBe(true);
  expect(counts(log, hour)).toBe(false);
  expect([-1, 0].map((ms) => counts(log, log.plannedFrom + ms))).toEqual([true, false]);
  const lost = minting(noMints, 0);
  expect(counts(lost, 9 * minute)).toBe(true);
  expect(counts(lost, 11 * minute)).toBe(false);
});
