import { addCounts, type Histogram, histogram, merge } from "./histogram.ts";
import type { Scenario } from "./scenario.ts";

/** What a group of processes did and got: plain data that adds up. */
export interface Tally {
  /** Calls of the store by the second in which they began. */
  readonly callsBySecond: Uint32Array;
  readonly naive: {
    readonly callsBySecond: Uint32Array;
    /** Reads that ended in an error, since the store was down. */
    failedReads: number;
  };
  reads: number;
  /** Reads that had to wait for the store, the first of each reader not counted. */
  waited: number;
  failed: number;
  /** Served with the mark that says that it is stale, and why. */
  marked: number;
  /** Older than its ttl and yet not marked: a broken promise. */
  unmarked: number;
  /** Age of the served value at each read. */
  readonly ages: Histogram;
  readonly agesByMinute: readonly Histogram[];
  /** For each reader and each change in the store: how long after the change the old value was last served. */
  readonly outdated: Histogram;
}

export function emptyTally({ lengthMs, ttlMs, maxStaleMs }: Scenario): Tally {
  const seconds = Math.ceil(lengthMs / 1000);
  const oldest = ttlMs + maxStaleMs;
  return {
    callsBySecond: new Uint32Array(seconds),
    naive: { callsBySecond: new Uint32Array(seconds), failedReads: 0 },
    reads: 0,
    waited: 0,
    failed: 0,
    marked: 0,
    unmarked: 0,
    ages: histogram(oldest, 100),
    agesByMinute: Array.from({ length: Math.ceil(seconds / 60) }, () => histogram(oldest, 5000)),
    outdated: histogram(oldest, 100),
  };
}

export function addTally(into: Tally, other: Tally): void {
  addCounts(into.callsBySecond, other.callsBySecond);
  addCounts(into.naive.callsBySecond, other.naive.callsBySecond);
  into.naive.failedReads += other.naive.failedReads;
  into.reads += other.reads;
  into.waited += other.waited;
  into.failed += other.failed;
  into.marked += other.marked;
  into.unmarked += other.unmarked;
  merge(into.ages, other.ages);
  merge(into.outdated, other.outdated);
  for (const [minute, ages] of other.agesByMinute.entries()) {
    const same = into.agesByMinute[minute];
    if (same !== undefined) merge(same, ages);
  }
}

/** One more call in the second in which that moment lies; what comes after the end is not counted. */
export function countCall(callsBySecond: Uint32Array, at: number): void {
  const second = Math.floor(at / 1000);
  callsBySecond[second] = (callsBySecond[second] ?? 0) + 1;
}
