import { describe, expect, test, vi } from "vitest";
import { batchingSource } from "../../test/batching-source.ts";
import { makePort } from "../../test/make-port.ts";
import { hangs, hangsUntilAborted, scriptedSource } from "../../test/scripted-source.ts";
import { Call } from "./call.ts";

/** A store that hangs, behind callers who wait so long and leave, one after the other. */
function makeHanging({ mints = false } = {}) {
  const made = makePort((clock) => scriptedSource(hangs, { clock, traits: { mints } }));
  const leave = async (afterMs: number) => {
    const caller = new AbortController();
    const answer = made.want("db", { signal: caller.signal });
    await made.clock.advance(afterMs);
    caller.abort();
    return answer;
  };
  return { ...made, leave, aborted: () => made.source.calls.map(({ context }) => context.signal.aborted) };
}

describe("callers of little patience, at a store that hangs", () => {
  test("find it out: one attempt goes on to its deadline, though nobody waits for it", async () => {
    const { clock, port, leave, aborted } = makeHanging();
    for (const turn of [1, 2, 3]) {
      expect(await leave(1000), `caller ${turn}`).toEqual({
        answer: { failure: "aborted" },
        attempts: 1,
        turnedAway: false,
      });
    }
    expect(aborted()).toEqual([true, true, false]);
    expect(port.outage.failure).toBeUndefined();
    await clock.advance(1999);
    expect(aborted()).toEqual([true, true, false]);
    await clock.advance(1);
    // One attempt is enough, and there is no other.
    expect(aborted()).toEqual([true, true, true]);
    expect(port.outage.failure).toMatchObject({ failure: "timeout" });
    await clock.advance("20s");
    expect(aborted()).toHaveLength(3);
    clock.assertIdle();
  });

  test("are heard out one at a time, and again after that", async () => {
    const { clock, port, leave, aborted } = makeHanging();
    await leave(2999);
    await leave(1);
    await leave(1);
    await leave(1);
    expect(aborted()).toEqual([true, false, true, true]);
    await clock.advance("3s");
    expect(port.outage.failure).toMatchObject({ failure: "timeout" });
    // The try after it is given up as well, and heard out.
    await clock.advance("500ms");
    await leave(1);
    expect(aborted()).toEqual([true, true, true, true, false]);
  });

  test("who leave between two attempts have not waited for the store", async () => {
    const { clock, source, leave, port } = makeHanging();
    source.script({ failure: "throttled", retryAfterMs: 9000 });
    for (let turn = 0; turn < 4; turn += 1) await leave(3000);
    source.script(hangs);
    await leave(1);
    expect(source.calls.at(-1)?.context.signal.aborted).toBe(true);
    expect(port.outage.failure).toBeUndefined();
    clock.assertIdle();
  });

  test("are not heard out where the answer is a credential: the request ends with them", async () => {
    const { leave, aborted, clock } = makeHanging({ mints: true });
    await leave(3000);
    expect(aborted()).toEqual([true]);
    clock.assertIdle();
  });

  test("are not heard out once the instance is closing", async () => {
    const { leave, aborted, clock, closing } = makeHanging();
    closing.abort();
    await leave(3000);
    expect(aborted()).toEqual([true]);
    clock.assertIdle();
  });
});

test("the one that is heard out settles all of a request", async () => {
  const { clock, want, source, port } = makePort((made) => batchingSource({ limit: 5, answer: hangs, clock: made }));
  const callers = [new AbortController(), new AbortController()];
  const answers = callers.map(({ signal }, index) => want(`name-${index}`, { signal }));
  // Others have waited before them.
  port.outage.gaveUp(2500);
  await clock.advance(100);
  callers[0]?.abort();
  await clock.advance(400);
  callers[1]?.abort();
  const left = { answer: { failure: "aborted" }, attempts: 1, turnedAway: false };
  expect(await Promise.all(answers)).toEqual([left, left]);
  expect(source.batches[0]?.context.signal.aborted).toBe(false);
  await clock.advance(2500);
  expect(source.batches).toHaveLength(1);
  expect(port.outage.failure).toMatchObject({ failure: "timeout" });
});

test("closing ends the attempts that are under way", async () => {
  const { want, source, clock, closing } = makePort((made) => scriptedSource(hangsUntilAborted, { clock: made }));
  const answer = want("db");
  await clock.advance(1000);
  closing.abort();
  expect(await answer).toEqual({ answer: { failure: "aborted" }, attempts: 1, turnedAway: false });
  expect(source.calls).toHaveLength(1);
  expect(source.calls[0]?.context.signal.aborted).toBe(true);
  clock.assertIdle();
});

test("a read leaves no listener on its caller's signal, and puts none on the instance's", async () => {
  const { want, closing } = makePort((clock) => scriptedSource("value", { clock }));
  const { signal } = new AbortController();
  const [added, removed] = [vi.spyOn(signal, "addEventListener"), vi.spyOn(signal, "removeEventListener")];
  const addedForAll = vi.spyOn(closing.signal, "addEventListener");
  await want("db", { signal });
  await new Promise((resolve) => setImmediate(resolve));
  expect(added).toHaveBeenCalledTimes(1);
  expect(added.mock.calls[0]?.[0]).toBe("abort");
  expect(removed.mock.calls.map((call) => call.slice(0, 2))).toEqual([added.mock.calls[0]?.slice(0, 2)]);
  expect(addedForAll).not.toHaveBeenCalled();
});

test("a call that has ended is not kept for the close", async () => {
  const { want, closing } = makePort((clock) => scriptedSource("value", { clock }));
  await want("db");
  await new Promise((resolve) => setImmediate(resolve));
  const end = vi.spyOn(Call.prototype, "end");
  closing.abort();
  expect(end).not.toHaveBeenCalled();
});
