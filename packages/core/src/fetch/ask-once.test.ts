import { describe, expect, test, vi } from "vitest";
import { makePort } from "../../test/make-port.ts";
import { hangs, type Reply, scriptedSource } from "../../test/scripted-source.ts";
import type { SourceContext } from "../source/source-context.ts";

const unavailable = { failure: "unavailable" } as const;
const ref = { name: "db", version: "current" } as const;
const names = (count: number) => Array.from({ length: count }, (_, index) => `name-${index}`);

/** A source whose reads do this, and whose probe does that. Waits are half of their range: 500 ms, 1 s, ... */
function makeQuestion(reads: Reply | readonly Reply[], answer: () => unknown) {
  const contexts: SourceContext[] = [];
  const made = makePort((clock) =>
    Object.assign(scriptedSource(reads, { clock }), {
      probe(_ref: unknown, context: SourceContext) {
        contexts.push(context);
        return answer() as Promise<{ version: string }>;
      },
    }),
  );
  const probe = (signal = new AbortController().signal) => made.port.probe(ref, signal);
  return { ...made, probe, contexts };
}

describe("a small question", () => {
  test("is asked once, with 3 s, and tells of an outage as a read does", async () => {
    const { clock, port, probe, contexts } = makeQuestion("value", hangs);
    const answer = probe();
    await clock.advance(2999);
    expect(contexts).toMatchObject([{ bypassCaches: false, signal: { aborted: false } }]);
    await clock.advance(1);
    expect(await answer).toMatchObject({ failure: { failure: "timeout" }, turnedAway: false });
    expect(contexts).toHaveLength(1);
    expect(port.outage.failure).toMatchObject({ failure: "timeout" });
    clock.assertIdle();
  });

  test("is not asked in a known outage", async () => {
    const { clock, want, probe, contexts } = makeQuestion(unavailable, () => ({ version: "7" }));
    void want("db");
    await clock.advance(150);
    expect(await probe()).toEqual({ failure: unavailable, turnedAway: true });
    expect(contexts).toHaveLength(0);
  });

  test("may be the one that finds out whether the outage is over", async () => {
    const answer = vi.fn().mockReturnValueOnce(unavailable).mockReturnValue({ version: "7" });
    const { clock, port, want, probe } = makeQuestion(unavailable, answer);
    void want("db");
    await clock.advance(150 + 500);
    expect(await probe()).toEqual({ failure: unavailable, turnedAway: false });
    // It was, and the next is twice as far.
    expect(await probe()).toEqual({ failure: unavailable, turnedAway: true });
    await clock.advance(999);
    expect(await probe()).toHaveProperty("turnedAway", true);
    await clock.advance(1);
    expect(await probe()).toEqual({ probe: { version: "7" } });
    expect(port.outage.failure).toBeUndefined();
    expect(answer).toHaveBeenCalledTimes(2);
  });

  test("that fails while a read is answered finds no outage", async () => {
    const { clock, port, want, probe } = makeQuestion("value", hangs);
    const answer = probe();
    await clock.advance(100);
    await want("db");
    await clock.advance(2900);
    expect(await answer).toMatchObject({ failure: { failure: "timeout" } });
    expect(port.outage.failure).toBeUndefined();
  });
});

test("that left while the source was up is no try, also where the outage is found in that moment", async () => {
  const given = Promise.withResolvers<unknown>();
  const { clock, port, want, probe } = makeQuestion(unavailable, () => given.promise);
  const answer = probe();
  await clock.settle();
  await want("db", { attempts: 1 });
  const { nextTryAt } = port.outage;
  await clock.advance(100);
  given.resolve(unavailable);
  expect(await answer).toEqual({ failure: unavailable, turnedAway: false });
  expect(port.outage.nextTryAt).toBe(nextTryAt);
});

describe("where every place is taken", () => {
  test("it waits for 7 s, and says that the source is too slow, not that it is out", async () => {
    const { clock, port, want, probe, contexts } = makeQuestion(hangs, () => ({ version: "7" }));
    for (const name of names(8)) void want(name);
    await clock.settle();
    const answer = probe();
    await clock.advance(6999);
    expect(port.outage.failure).toBeUndefined();
    await clock.advance(1);
    expect(await answer).toEqual({
      failure: { failure: "timeout", advice: expect.stringContaining("8 calls of this source") },
      turnedAway: true,
    });
    expect(port.outage.failure).toBeUndefined();
    expect(contexts).toHaveLength(0);
  });

  test("it is aborted at once when nobody wants it any more", async () => {
    const { clock, want, probe } = makeQuestion(hangs, () => ({ version: "7" }));
    const gone = new AbortController();
    for (const name of names(8)) void want(name);
    await clock.settle();
    const answer = probe(gone.signal);
    await clock.settle();
    gone.abort();
    expect(await answer).toEqual({ failure: { failure: "aborted" }, turnedAway: true });
  });

  test("it holds one itself: the ninth waits for it", async () => {
    const given = Promise.withResolvers<unknown>();
    const { clock, want, probe, source } = makeQuestion("value", () => given.promise);
    const answers = names(8).map(() => probe());
    await clock.settle();
    const read = want("db");
    await clock.settle();
    expect(source.calls).toHaveLength(0);
    given.resolve({ version: "7" });
    expect(await Promise.all(answers)).toEqual(names(8).map(() => ({ probe: { version: "7" } })));
    expect((await read).answer).toEqual({ payload: "value" });
  });
});
