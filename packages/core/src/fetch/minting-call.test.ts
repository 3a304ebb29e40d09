import { expect, test } from "vitest";
import { batchingSource } from "../../test/batching-source.ts";
import { makePort } from "../../test/make-port.ts";
import { scriptedSource } from "../../test/scripted-source.ts";

const lost = { failure: "timeout" } as const;
const mints = { mints: true };

test("a secret that may not be minted is turned away, what was wanted with it is not", async () => {
  const { want, clock, source } = makePort((made) =>
    batchingSource({ limit: 5, traits: mints, reply: { failure: "payload-corrupt" }, clock: made }),
  );
  for (let mint = 0; mint < 4; mint += 1) {
    await want("spent");
    await clock.advance("1s");
  }
  const [spent, other, third] = await Promise.all(["spent", "other", "third"].map((name) => want(name)));
  expect(spent).toMatchObject({ answer: { failure: "mint-budget-exhausted" }, attempts: 0, turnedAway: true });
  expect([other, third]).toMatchObject([{ attempts: 1 }, { attempts: 1 }]);
  expect(source.batches.map(({ names }) => names)).toEqual([["other", "third"]]);
});

test("an item that a batch does not give, and `read` does, is minted once", async () => {
  const { want, clock, source } = makePort((made) =>
    batchingSource({
      limit: 5,
      traits: mints,
      answer: ({ refs }) => refs.map(() => "alone"),
      reply: { failure: "payload-corrupt" },
      clock: made,
    }),
  );
  const failures: (string | undefined)[] = [];
  for (let mint = 0; mint < 5; mint += 1) {
    const [answer] = await Promise.all([want("db"), want(`other-${mint}`)]);
    failures.push(answer?.answer.failure);
    await clock.advance("1s");
  }
  const made = source.single.calls.filter(({ ref }) => ref.name === "db");
  expect(made).toHaveLength(4);
  expect(failures).toEqual([...new Array(4).fill("payload-corrupt"), "mint-budget-exhausted"]);
});

test("a secret that once came with a lease is asked for once per call from then on, with all of its time", async () => {
  const lease = { id: "lease/1", ttlMs: 60_000, renewable: true };
  const { want, clock, source, port } = makePort((made) =>
    scriptedSource([{ payload: "x", lease }, lost], { clock: made }),
  );
  const ref = { name: "db", version: "current" } as const;
  expect(port.mints(ref)).toBe(false);
  await want("db");
  expect(port.mints(ref)).toBe(true);
  await clock.advance("50s");
  expect(await want("db")).toEqual({ answer: lost, attempts: 1, turnedAway: false });
  expect(source.calls).toHaveLength(2);
});

test("what is tried again while its batch was refused is read alone, and its attempts are added up", async () => {
  let call = 0;
  const { want, clock, source, onBatchRefused } = makePort((made) =>
    batchingSource({
      limit: 2,
      answer: ({ refs }) => {
        call += 1;
        return call === 1 ? refs.map(() => ({ failure: "throttled" })) : { failure: "unsupported" };
      },
      clock: made,
    }),
  );
  const answers = Promise.all(["a", "b", "c", "d"].map((name) => want(name)));
  await clock.advance("1s");
  expect((await answers).map(({ answer, attempts }) => [answer.failure, attempts])).toEqual([
    [undefined, 2],
    [undefined, 2],
    [undefined, 2],
    [undefined, 2],
  ]);
  expect(source.batches).toHaveLength(2);
  expect(source.single.calls.map(({ ref }) => ref.name).sort()).toEqual(["a", "b", "c", "d"]);
  expect(onBatchRefused).toHaveBeenCalledTimes(1);
});

test("one that mints among those that do not: all of the request is asked for once", async () => {
  const lease = { id: "lease/1", ttlMs: 60_000, renewable: true };
  const { want, clock, source } = makePort((made) =>
    batchingSource({ limit: 5, answer: () => lost, reply: { payload: "x", lease }, clock: made }),
  );
  await want("db");
  await clock.advance("50s");
  const answers = Promise.all(["other", "db"].map((name) => want(name)));
  await clock.advance("20s");
  expect((await answers).map(({ attempts }) => attempts)).toEqual([1, 1]);
  expect(source.batches).toHaveLength(1);
});
