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
  const read = async (by = 20_000, bypassCaches = false) => {
    const answer = lane.read(ref, new AbortController().signal, bypassCaches);
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

test("a lane may be tried as soon as one of its members may", async () => {
  const { read, lane, time } = makeLane([unavailable, { failure: "throttled", retryAfterMs: 60_000 }]);
  await read(2000);
  expect(lane.outage(time.precise())).toMatchObject({ failure: { failure: "throttled" }, tryDue: true });
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

test("a forced refresh goes past the caches of every member", async () => {
  const { read, sources } = makeLane([unavailable, "second"]);
  await read(1000, true);
  expect(sources.map(({ calls }) => calls[0]?.context.bypassCaches)).toEqual([true, true]);
});

test("who was turned away by one and failed at another has made a call", async () => {
  const { read, calls } = makeLane([unavailable, { failure: "access-denied" }]);
  await read(100);
  expect(await read(100)).toEqual({
    answer: { failure: "access-denied" },
    attempts: 1,
    turnedAway: false,
    member: 1,
  });
  expect(calls()).toEqual([1, 2]);
});

test("absent in one while another is out: both are said, and how long to wait", async () => {
  const out = { failure: "throttled", retryAfterMs: 60_000 } as const;
  const { read } = makeLane([out, { failure: "not-found" }]);
  expect((await read()).answer).toEqual({
    failure: "unavailable",
    retryAfterMs: 60_000,
    advice: expect.stringMatching(/does not have the secret.*cannot be reached/),
  });
});

describe("the lane remembers that it has come back", () => {
  /** Both members fail until they are told to answer. */
  async function afterOutage() {
    const made = makeLane([unavailable, { failure: "throttled", retryAfterMs: 1000 }]);
    await made.read(5000);
    made.lane.note("throttled", made.time.precise());
    expect(made.lane.recovered).toBeUndefined();
    return made;
  }

  test("with the code of the outage, from the first answer on, once", async () => {
    const { clock, lane, sources, read, time } = await afterOutage();
    for (const source of sources) source.script("back");
    await clock.advance("5m");
    await read(100);
    const at = time.precise();
    lane.note(undefined, at);
    expect(lane.recovered).toEqual({ at, code: "throttled" });
    lane.note(undefined, at + 1000);
    expect(lane.recovered).toEqual({ at, code: "throttled" });
  });

  test("also by the store's no, and not by what says that it is out still", async () => {
    const { clock, lane, sources, read, time } = await afterOutage();
    sources[0]?.script({ failure: "not-found" });
    await clock.advance("5m");
    await read(100);
    lane.note("timeout", time.precise());
    expect(lane.recovered).toBeUndefined();
    lane.note("not-found", time.precise());
    expect(lane.recovered).toMatchObject({ code: "throttled" });
  });

  test("where there was no outage there is nothing to remember", () => {
    const { lane, time } = makeLane(["first"]);
    lane.note(undefined, time.precise());
    expect(lane.recovered).toBeUndefined();
  });
});

describe("a lane's probe", () => {
  const { signal } = new AbortController();

  function makeProbed(answers: readonly unknown[]) {
    const made = makeLane(answers.map(() => "value"));
    const asked: number[] = [];
    for (const [index, source] of made.sources.entries()) {
      if (answers[index] === undefined) continue;
      const probe = async () => {
        asked.push(index);
        return answers[index];
      };
      Object.assign(source, { probe });
    }
    return { ...made, asked };
  }

  test.each([
    ["is its first member's", [{ version: "7" }, { version: "8" }], { probe: { version: "7" } }, [0]],
    ["is the next one's where one fails", [unavailable, { version: "8" }], { probe: { version: "8" } }, [0, 1]],
    [
      "is a failure that is not left",
      [{ failure: "not-found" }, { version: "8" }],
      { failure: { failure: "not-found" } },
      [0],
    ],
    ["is none where the first member has none", [undefined, { version: "8" }], undefined, []],
    ["is none where all fail", [unavailable, unavailable], undefined, [0, 1]],
  ])("%s", async (_what, answers, expected, members) => {
    const { lane, asked } = makeProbed(answers);
    const answer = await lane.probe(ref, signal);
    if (expected === undefined) expect(answer).toBeUndefined();
    else expect(answer).toMatchObject(expected);
    expect(asked).toEqual(members);
  });
});

test("a lease is renewed and revoked where it was granted", async () => {
  const { lane, sources } = makeLane(["first", "second"]);
  const told: string[] = [];
  for (const [index, source] of sources.entries()) {
    const leases = {
      renew: async (id: string) => {
        told.push(`renew ${id} at ${index}`);
        return { ttlMs: 5000, renewable: true };
      },
      revoke: async (id: string) => void told.push(`revoke ${id} at ${index}`),
    };
    Object.assign(source, { leases });
  }
  const { signal } = new AbortController();
  expect(await lane.renew(1, "a", signal)).toEqual({ value: { ttlMs: 5000, renewable: true } });
  expect(await lane.revoke(0, "b", signal)).toEqual({ value: undefined });
  expect(told).toEqual(["renew a at 1", "revoke b at 0"]);
  expect([await lane.renew(2, "c", signal), await lane.revoke(2, "c", signal)]).toEqual([undefined, undefined]);
});

test("a lane mints where one of its members does", async () => {
  const { lane, sources, read } = makeLane([{ payload: "x", lease: { ttlMs: 60_000, renewable: false } }, "second"]);
  expect(lane.mints(ref)).toBe(false);
  await read(100);
  expect(lane.mints(ref)).toBe(true);
  expect(sources[1]?.calls).toHaveLength(0);
});

describe("a member that may mint no more", () => {
  const lost = { failure: "payload-corrupt" } as const;
  const lease = { ttlMs: 3_600_000, renewable: false };

  async function spend(when: readonly FailureCode[]) {
    const made = makeLane([[{ payload: "x", lease }, lost], "second"], when);
    for (let mint = 0; mint < 4; mint += 1) await made.read(1000);
    return made;
  }

  test("is left as one that is unavailable", async () => {
    const { read, calls } = await spend(["unavailable"]);
    expect((await read()).answer).toEqual({ payload: "second" });
    expect(calls()).toEqual([4, 1]);
  });

  test("is the end of it where that is no reason to leave it", async () => {
    const { read, calls } = await spend(["timeout"]);
    expect(await read()).toMatchObject({ answer: { failure: "mint-budget-exhausted" }, turnedAway: true, member: 0 });
    expect(calls()).toEqual([4, 0]);
  });
});
