import { describe, expect, test } from "vitest";
import { hangs, type Reply, scriptedSource } from "../../test/scripted-source.ts";
import type { FailureCode } from "../errors/error-code.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { InstanceTime } from "../time/instance-time.ts";
import { Lane } from "./lane.ts";
import { SourcePort } from "./source-port.ts";

const unavailable = { failure: "unavailable" } as const;
const ref = { name: "db", version: "current" } as const;

/** Waits are half of their range. */
function makeLane(
  members: readonly (Reply | readonly Reply[])[],
  when: readonly FailureCode[] = ["unavailable", "timeout", "throttled"],
) {
  const clock = virtualClock();
  const time = new InstanceTime(clock);
  const sources = members.map((replies) => scriptedSource(replies, { clock }));
  const { signal: closing } = new AbortController();
  const context = { clock, time, random: () => 0.5, closing, onBatchRefused: () => {}, onProbeRefused: () => {} };
  const ports = sources.map((source) => new SourcePort(source, context));
  const lane = new Lane("lane", ports, new Set(when), { ttlMs: 300_000, maxStaleMs: 3_600_000 });
  const read = async (by = 20_000) => {
    const answer = lane.read(ref, new AbortController().signal, false);
    await clock.advance(by);
    return answer;
  };
  return { clock, time, lane, sources, read, calls: () => sources.map((source) => source.calls.length) };
}

describe("several members", () => {
  test("the first answers: the others are not asked", async () => {
    const { read, calls } = makeLane(["first", "second"]);
    expect(await read()).toEqual({ answer: { payload: "first" }, attempts: 1, turnedAway: false, member: 0 });
    expect(calls()).toEqual([1, 0]);
  });

  test("one is left after one failed attempt, the last one has them all", async () => {
    const { read, calls } = makeLane([unavailable, hangs, unavailable]);
    expect(await read()).toEqual({ answer: unavailable, attempts: 5, turnedAway: false, member: 2 });
    expect(calls()).toEqual([1, 1, 3]);
  });

  test("each has an outage of its own: one that is out is passed by", async () => {
    const { read, calls } = makeLane([unavailable, "second"]);
    expect((await read(100)).answer).toEqual({ payload: "second" });
    expect(await read(100)).toEqual({ answer: { payload: "second" }, attempts: 1, turnedAway: false, member: 1 });
    expect(calls()).toEqual([1, 2]);
    expect((await read(1000)).attempts).toBe(1);
    expect((await read(1000)).attempts).toBe(2);
    expect(calls()).toEqual([2, 4]);
  });
});

describe("an outage of the lane", () => {
  test("is one of all its members", async () => {
    const { read, lane, time } = makeLane([unavailable, [unavailable, unavailable, unavailable, "back"]]);
    expect(lane.outage(time.precise())).toBeUndefined();
    await read(200);
    expect(lane.outage(time.precise())).toEqual({ failure: unavailable, tryDue: false });
    expect((await read(100)).turnedAway).toBe(true);
    await read(500);
    expect(lane.outage(time.precise())?.tryDue).toBe(true);
    await read(100);
    expect(lane.outage(time.precise())).toBeUndefined();
  });
});

describe("absent is not failed", () => {
  const codes = ["unavailable", "timeout", "throttled"] as const;
  const all: readonly FailureCode[] = [...codes, "not-found", "access-denied", "unauthenticated", "payload-corrupt"];

  test.each(codes)("absent in one and another %s is unavailable", async (failure) => {
    for (const members of [
      [{ failure }, { failure: "not-found" }],
      [{ failure: "not-found" }, { failure }],
    ] as const) {
      const { read } = makeLane(members, all);
      const { answer } = await read();
      expect(answer.failure).not.toBe("not-found");
      expect(codes).toContain(answer.failure);
    }
  });

  test.each(["access-denied", "unauthenticated", "payload-corrupt"] as const)(
    "absent in one and %s in another is that",
    async (failure) => {
      for (const members of [
        [{ failure }, { failure: "not-found" }],
        [{ failure: "not-found" }, { failure }],
      ] as const) {
        const { read } = makeLane(members, all);
        expect((await read()).answer).toMatchObject({ failure });
      }
    },
  );

  test("absent in all is absent", async () => {
    const { read, calls } = makeLane(
      [{ failure: "not-found" }, { failure: "version-not-found" }],
      [...all, "version-not-found"],
    );
    expect((await read()).answer).toEqual({ failure: "version-not-found" });
    expect(calls()).toEqual([1, 1]);
  });
});

test("nobody wants it any more: the next member is not asked", async () => {
  const { lane, clock, calls } = makeLane([hangs, "second"]);
  const gone = new AbortController();
  const answer = lane.read(ref, gone.signal, false);
  await clock.advance(100);
  gone.abort();
  expect((await answer).answer).toEqual({ failure: "aborted" });
  expect(calls()).toEqual([1, 0]);
});
