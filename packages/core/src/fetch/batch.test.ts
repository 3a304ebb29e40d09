import { describe, expect, test } from "vitest";
import { type BatchOptions, batchingSource, ownName } from "../../test/batching-source.ts";
import { makePort } from "../../test/make-port.ts";
import { failureCodes } from "../errors/error-code.ts";

const names = (count: number) => Array.from({ length: count }, (_, index) => `name-${index}`);
const record = (name: string) => ownName({ name, version: "current" });

const saidOfTheStore: ReadonlySet<string> = new Set([
  ...["unavailable", "timeout", "throttled", "payload-corrupt"],
  ...["unauthenticated", "aborted", "unknown"],
  ...["access-denied", "unsupported"],
]);

/** Waits are half of their range: 50 ms after the first attempt, 100 ms after the second. */
function makeBatch(options: BatchOptions) {
  const made = makePort((clock) => batchingSource({ ...options, clock }));
  const ask = async (wanted: readonly string[]) => {
    const answers = Promise.all(wanted.map((name) => made.want(name)));
    await made.clock.advance("20s");
    return answers;
  };
  return { ...made, ask, sizes: () => made.source.batches.map((batch) => batch.names.length) };
}

describe("what is wanted in one turn travels together", () => {
  test.each([
    [2, 5, [2]],
    [5, 5, [5]],
    [6, 5, [5]],
    [7, 5, [5, 2]],
    [10, 5, [5, 5]],
    [100, 20, [20, 20, 20, 20, 20]],
  ])("%i names, at most %i in a request: requests of %j", async (count, limit, sizes) => {
    const made = makeBatch({ limit });
    const answers = await made.ask(names(count));
    expect(answers.map(({ answer }) => answer)).toEqual(names(count).map(record));
    expect(made.sizes()).toEqual(sizes);
    expect(made.source.batches.flatMap((batch) => batch.names)).toEqual(
      names(count).slice(
        0,
        sizes.reduce((a, b) => a + b),
      ),
    );
    // One that is left over travels alone.
    expect(made.source.single.calls.map(({ ref }) => ref.name)).toEqual(
      names(count).slice(sizes.reduce((a, b) => a + b)),
    );
  });

  test("also what is wanted by continuations of that turn, and nothing of the next", async () => {
    const { want, source } = makeBatch({ limit: 10 });
    const first = want("a");
    await Promise.resolve();
    const second = want("b");
    for (let hop = 0; hop < 50; hop += 1) await Promise.resolve();
    const third = want("c");
    await Promise.all([first, second, third]);
    expect(source.batches.map((batch) => batch.names)).toEqual([["a", "b", "c"]]);
    await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([want("d"), want("e")]);
    expect(source.batches.map((batch) => batch.names)).toEqual([
      ["a", "b", "c"],
      ["d", "e"],
    ]);
  });

  test("like with like: a forced refresh goes past caches", async () => {
    const { want, source } = makeBatch({ limit: 10 });
    await Promise.all([want("a"), want("b", { bypassCaches: true }), want("c"), want("d", { bypassCaches: true })]);
    expect(source.batches.map((batch) => [batch.names, batch.context.bypassCaches])).toEqual([
      [["a", "c"], false],
      [["b", "d"], true],
    ]);
  });

  test("at most eight requests at once", async () => {
    let open = 0;
    let highest = 0;
    const made = makePort((clock) =>
      batchingSource({
        limit: 2,
        answer: async ({ refs }) => {
          open += 1;
          highest = Math.max(highest, open);
          await new Promise<void>((resolve) => clock.setTimer(resolve, 100));
          open -= 1;
          return refs.map(ownName);
        },
      }),
    );
    const answers = Promise.all(names(40).map((name) => made.want(name)));
    await made.clock.advance(300);
    expect((await answers).every(({ answer }) => answer.failure === undefined)).toBe(true);
    expect(highest).toBe(8);
    expect(made.source.batches).toHaveLength(20);
  });

  test("a limit of nothing is a limit of one", async () => {
    const { ask, source } = makeBatch({ limit: 0 });
    await ask(names(3));
    expect(source.batches).toHaveLength(0);
    expect(source.single.calls).toHaveLength(3);
  });
});

describe("failures stay with their item", () => {
  test("final ones are told at once, the others are read again without them", async () => {
    let call = 0;
    const { ask, source } = makeBatch({
      limit: 10,
      answer: ({ refs }) => {
        call += 1;
        return refs.map((ref) => {
          if (ref.name === "name-0") return { failure: "access-denied" };
          return ref.name === "name-1" && call < 3 ? { failure: "unavailable" } : ownName(ref);
        });
      },
    });
    const [denied, late, good] = await ask(names(3));
    expect(denied).toEqual({ answer: { failure: "access-denied" }, attempts: 1, turnedAway: false });
    expect(good).toEqual({ answer: record("name-2"), attempts: 1, turnedAway: false });
    expect(late).toEqual({ answer: record("name-1"), attempts: 2, turnedAway: false });
    // The one that is left travels alone.
    expect(source.batches.map((batch) => batch.names)).toEqual([names(3)]);
    expect(source.single.calls.map(({ ref }) => ref.name)).toEqual(["name-1"]);
  });

  test("several are read again together", async () => {
    let call = 0;
    const { ask, source, clock } = makeBatch({
      limit: 10,
      answer: ({ refs }) => {
        call += 1;
        return refs.map((ref) => (call === 1 && ref.name !== "name-0" ? { failure: "throttled" } : ownName(ref)));
      },
    });
    const start = clock.now();
    const answers = await ask(names(3));
    expect(answers.map(({ attempts }) => attempts)).toEqual([1, 2, 2]);
    expect(source.batches.map((batch) => batch.names)).toEqual([names(3), ["name-1", "name-2"]]);
    expect(source.batches.map((batch) => batch.at - start)).toEqual([0, 50]);
  });

  test("items that disagree about the wait wait for the longest, and one that asks for too much does not", async () => {
    let call = 0;
    const waits: Record<string, number> = { "name-0": 1000, "name-1": 3000, "name-2": 60_000 };
    const { ask, source, clock } = makeBatch({
      limit: 10,
      answer: ({ refs }) => {
        call += 1;
        if (call > 1) return refs.map(ownName);
        return refs.map(({ name }) => ({ failure: "throttled", retryAfterMs: waits[name] }));
      },
    });
    const start = clock.now();
    const answers = await ask(names(3));
    expect(answers.map(({ answer }) => answer.failure)).toEqual([undefined, undefined, "throttled"]);
    expect(source.batches.map((batch) => batch.at - start)).toEqual([0, 3000]);
  });
});

describe("a request that fails as a whole", () => {
  test("fails for each, and is tried again as it would be for one", async () => {
    const { ask, sizes, onBatchRefused } = makeBatch({ limit: 10, answer: () => ({ failure: "unavailable" }) });
    const answers = await ask(names(4));
    expect(answers).toEqual(
      names(4).map(() => ({ answer: { failure: "unavailable" }, attempts: 3, turnedAway: false })),
    );
    expect(sizes()).toEqual([4, 4, 4]);
    expect(onBatchRefused).not.toHaveBeenCalled();
  });

  test.each(["access-denied", "unsupported"] as const)(
    "%s: is remembered and told once, and the items are read one by one",
    async (failure) => {
      const { ask, sizes, source, onBatchRefused } = makeBatch({ limit: 10, answer: () => ({ failure }) });
      const answers = await ask(names(25));
      expect(answers.map(({ answer }) => answer)).toEqual(names(25).map(record));
      expect(onBatchRefused.mock.calls).toEqual([[failure]]);
      expect(source.single.calls.map(({ ref }) => ref.name).sort()).toEqual(names(25).sort());
      const before = sizes().length;
      await ask(["later-1", "later-2"]);
      expect(sizes()).toHaveLength(before);
      expect(source.single.calls).toHaveLength(27);
      expect(onBatchRefused).toHaveBeenCalledTimes(1);
    },
  );

  test.each(["unauthenticated", "aborted", "unknown"] as const)(
    "%s: is each item's answer, and no reason to stop batching",
    async (failure) => {
      const { ask, sizes, onBatchRefused } = makeBatch({ limit: 10, answer: () => ({ failure }) });
      expect((await ask(names(2))).map(({ answer }) => answer.failure)).toEqual([failure, failure]);
      await ask(names(2));
      expect(sizes()).toEqual([2, 2]);
      expect(onBatchRefused).not.toHaveBeenCalled();
    },
  );

  test.each(failureCodes.filter((code) => !saidOfTheStore.has(code)))(
    "%s: is no word about its items, which are read one by one",
    async (failure) => {
      const { ask, sizes, onBatchRefused } = makeBatch({ limit: 10, answer: () => ({ failure }) });
      expect((await ask(names(2))).map(({ answer }) => answer)).toEqual(names(2).map(record));
      await ask(names(2));
      expect(sizes()).toEqual([2, 2]);
      expect(onBatchRefused).not.toHaveBeenCalled();
    },
  );
});

describe('"alone"', () => {
  test("sends an item to `read`, which has all its attempts", async () => {
    let reads = 0;
    const { ask, source } = makeBatch({
      limit: 10,
      answer: ({ refs }) => refs.map((ref) => (ref.name === "name-1" ? "alone" : ownName(ref))),
      reply: async ({ ref }) => {
        reads += 1;
        return reads < 3 ? { failure: "unavailable" } : ownName(ref);
      },
    });
    const answers = await ask(names(3));
    expect(answers.map(({ answer }) => answer)).toEqual(names(3).map(record));
    expect(answers.map(({ attempts }) => attempts)).toEqual([1, 4, 1]);
    expect(source.single.calls.map(({ ref }) => ref.name)).toEqual(["name-1", "name-1", "name-1"]);
  });

  test("for all: at most eight reads at once, in order", async () => {
    let open = 0;
    let highest = 0;
    const made = makePort((clock) =>
      batchingSource({
        limit: 30,
        answer: ({ refs }) => refs.map(() => "alone"),
        reply: async ({ ref }) => {
          open += 1;
          highest = Math.max(highest, open);
          await new Promise<void>((resolve) => clock.setTimer(resolve, 100));
          open -= 1;
          return ownName(ref);
        },
      }),
    );
    const answers = Promise.all(names(30).map((name) => made.want(name)));
    await made.clock.advance(400);
    expect((await answers).map(({ answer }) => answer)).toEqual(names(30).map(record));
    expect(made.source.single.calls.map(({ ref }) => ref.name)).toEqual(names(30));
    expect(highest).toBe(8);
  });
});

test.each([
  ["too few answers", () => [{ payload: "one" }]],
  ["too many answers", ({ refs }: { refs: readonly unknown[] }) => [...refs, "more"].map(() => ({ payload: "?" }))],
  ["one record instead of a list", () => ({ payload: "one" })],
  ["nothing", () => undefined],
  ["text", () => "text"],
])("%s: nobody gets another's value, and the source is named", async (_what, answer) => {
  const { ask } = makeBatch({ limit: 10, answer: answer as () => unknown });
  for (const { answer: got } of await ask(names(3))) {
    expect(got).toMatchObject({ failure: "unknown", advice: expect.stringContaining("one item per ref") });
  }
});

test("an item of the wrong shape fails alone", async () => {
  const { ask } = makeBatch({
    limit: 10,
    answer: ({ refs }) => refs.map((ref, index) => (index === 1 ? 42 : ownName(ref))),
  });
  const [first, wrong, last] = await ask(names(3));
  expect(wrong).toMatchObject({ answer: { failure: "unknown" } });
  expect([first?.answer, last?.answer]).toEqual([record("name-0"), record("name-2")]);
});

test("a list that throws when it is read fails for each, and nobody waits for ever", async () => {
  const hostile = new Proxy([], {
    get() {
      throw new Error("hunter2");
    },
  });
  // A batch's own `then` would be asked for.
  const { ask } = makeBatch({
    limit: 10,
    answer: () => ({ then: (give: (list: unknown) => void) => give([hostile]) }),
  });
  const torn = Object.defineProperty([ownName({ name: "a", version: "current" })], 1, {
    get() {
      throw new Error("hunter2");
    },
  });
  const { ask: askTorn } = makeBatch({ limit: 10, answer: () => torn });
  for (const answers of [await ask(names(2)), await askTorn(names(2))]) {
    expect(answers.map(({ answer }) => answer.failure)).toEqual(["unknown", "unknown"]);
    expect(JSON.stringify(answers)).not.toContain("hunter2");
  }
});
