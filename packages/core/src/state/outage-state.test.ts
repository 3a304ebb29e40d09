import { describe, expect, test } from "vitest";
import { impossibleForOutages, outageEvents, outagePair, outageStates } from "../../test/model/impossible-pairs.ts";
import { type OutageEvent, type OutageState, reduceOutage, sourceUp, tryDue } from "./outage-state.ts";

const failure = { failure: "unavailable" } as const;
const earlier = { failure: "timeout" } as const;

const up: OutageState = { kind: "up", lastAnswerAt: 100 };
const down: OutageState = { kind: "down", since: 100, failure: earlier, calls: 2, nextTryAt: 200, trying: false };
const states: Record<(typeof outageStates)[number], OutageState> = { up, down, trying: { ...down, trying: true } };

const events: Record<OutageEvent["kind"], OutageEvent> = {
  answered: { kind: "answered", at: 300 },
  failed: { kind: "failed", startedAt: 250, at: 300, failure, waitMs: 50, isTry: true },
  "try-started": { kind: "try-started" },
  "try-ended": { kind: "try-ended", startedAt: 250, nextTryAt: 280 },
};

const found: OutageState = { kind: "down", since: 300, failure, calls: 1, nextTryAt: 350, trying: false };
const again: OutageState = { kind: "down", since: 100, failure, calls: 3, nextTryAt: 350, trying: false };

const moves: Record<string, OutageState> = {
  "up × answered": { kind: "up", lastAnswerAt: 300 },
  "down × answered": { kind: "up", lastAnswerAt: 300 },
  "trying × answered": { kind: "up", lastAnswerAt: 300 },
  "up × failed": found,
  "down × failed": again,
  "trying × failed": again,
  "down × try-started": states.trying,
  "trying × try-ended": { ...down, nextTryAt: 280 },
};

describe.each(outageStates)("%s", (kind) => {
  test.each(outageEvents)("× %s", (what) => {
    const state = states[kind];
    const pair = outagePair(state, events[what]);
    const expected = moves[pair];
    expect(reduceOutage(state, events[what])).toEqual(expected ?? state);
    if (pair in impossibleForOutages) expect(expected).toBeUndefined();
  });
});

test("a failure during which another call was answered is no outage", () => {
  const event = { ...events.failed, startedAt: 100 } as OutageEvent;
  expect(reduceOutage(up, event)).toBe(up);
  expect(reduceOutage(up, { ...event, startedAt: 101 } as OutageEvent).kind).toBe("down");
});

describe.each(["down", "trying"] as const)("%s: nothing is counted that", (kind) => {
  test("was under way when the outage was found", () => {
    expect(reduceOutage(states[kind], { ...events.failed, isTry: false } as OutageEvent)).toBe(states[kind]);
  });

  test.each(["failed", "try-ended"] as const)("is the %s try of an earlier outage", (what) => {
    expect(reduceOutage(states[kind], { ...events[what], startedAt: 99 } as OutageEvent)).toBe(states[kind]);
  });
});

test("a try that began in the moment in which the outage was found is one of it", () => {
  const failed = { ...events.failed, startedAt: 100 } as OutageEvent;
  expect(reduceOutage(states.trying, failed)).toEqual(again);
  const ended = { ...events["try-ended"], startedAt: 100 } as OutageEvent;
  expect(reduceOutage(states.trying, ended)).toEqual({ ...down, nextTryAt: 280 });
});

test.each([
  ["a source that answers", sourceUp, 0, true],
  ["one that is down, before its time", down, 199, false],
  ["one that is down, in its time", down, 200, true],
  ["one that is being tried", states.trying, 1000, false],
])("%s may be called: %#", (_who, state, now, expected) => {
  expect(tryDue(state, now)).toBe(expected);
});
