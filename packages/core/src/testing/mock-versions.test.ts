import { describe, expect, test } from "vitest";
import { ask, failureOf } from "../../test/ask.ts";
import { thrownBy } from "../../test/outcomes.ts";
import type { VersionSelector } from "../source/secret-ref.ts";
import { type MockSource, mockSource } from "./mock-source.ts";
import { virtualClock } from "./virtual-clock.ts";

/** The payloads of the three stages; the code where there is none. */
async function stagesOf(source: MockSource, ...more: VersionSelector[]): Promise<unknown[]> {
  const selectors: VersionSelector[] = ["current", "previous", "pending", ...more];
  return Promise.all(
    selectors.map(async (selector) => {
      const answer = await ask(source, "a", selector);
      return answer.failure ?? answer.payload;
    }),
  );
}

const none = "version-not-found";

test.each<VersionSelector>(["previous", "pending", { id: "2" }, { label: "stable" }])(
  "where there is no version %j, the failure says how a test makes one",
  async (selector) => {
    const advice = expect.stringMatching(/rotate\(\) and stage\(\) make versions, label\(\) gives one a label/);
    expect(await ask(mockSource({ a: "one" }), "a", selector)).toEqual({ failure: none, advice });
  },
);

describe("versions stand where a rotation puts them", () => {
  test("rotate: current becomes previous", async () => {
    const source = mockSource({ a: "one" });
    expect(await stagesOf(source)).toEqual(["one", none, none]);
    expect(source.rotate("a", "two")).toBe("2");
    expect(await stagesOf(source)).toEqual(["two", "one", none]);
    expect(source.rotate("a", { three: 3 })).toBe("3");
    expect(await stagesOf(source, { id: "1" })).toEqual(['{"three":3}', "two", none, "one"]);
  });

  test("stage, promote, roll back", async () => {
    const source = mockSource({ a: "one" });
    expect(source.stage("a", "two")).toBe("2");
    expect(await stagesOf(source)).toEqual(["one", none, "two"]);
    source.promote("a");
    expect(await stagesOf(source)).toEqual(["two", "one", none]);
    source.rollBack("a");
    expect(await stagesOf(source, { id: "2" })).toEqual(["one", "two", none, "two"]);
    expect(thrownBy(() => source.promote("a")).message).toContain("call stage() first");
    expect(thrownBy(() => mockSource({ a: "x" }).rollBack("a")).message).toContain("no previous version");
  });

  test("labels stay with their version", async () => {
    const source = mockSource({ a: "one" });
    source.label("a", "stable");
    source.rotate("a", "two");
    source.label("a", "next", "2");
    expect(await stagesOf(source, { label: "stable" }, { label: "next" }, { label: "other" })).toEqual([
      "two",
      "one",
      none,
      "one",
      "two",
      none,
    ]);
    expect(thrownBy(() => source.label("a", "x", "9")).message).toContain('no version "9"');
    expect(thrownBy(() => source.label("a", "")).code).toBe("invalid-options");
  });
});

describe("what is gone says how", () => {
  test("a secret that is disabled, and is again", async () => {
    const source = mockSource({ a: "one" });
    source.disable("a");
    expect(await stagesOf(source)).toEqual(["disabled", "disabled", "disabled"]);
    source.restore("a");
    expect(await stagesOf(source)).toEqual(["one", none, none]);
  });

  test("one version of it", async () => {
    const source = mockSource({ a: "one" });
    source.rotate("a", "two");
    source.disable("a", "1");
    expect(await stagesOf(source)).toEqual(["two", "disabled", none]);
    source.remove("a", "2");
    expect(await stagesOf(source)).toEqual(["deleted", "disabled", none]);
    source.restore();
    expect(await stagesOf(source)).toEqual(["two", "one", none]);
    expect(thrownBy(() => source.disable("a", "9")).message).toContain('no version "9"');
  });

  test("deleted is told from never there", async () => {
    const source = mockSource({ a: "one" });
    source.remove("a");
    source.absent("b");
    expect(await failureOf(ask(source, "a"))).toMatch(/^deleted: .*restore\(\)/);
    expect(await failureOf(ask(source, "b"))).toMatch(/^not-found/);
    expect(thrownBy(() => source.rotate("a", "two")).message).toContain("restore() brings it back");
    expect(thrownBy(() => source.rotate("b", "two")).message).toContain("define() gives it a value");
    source.define("a", "new");
    source.define("b", "new");
    expect([await ask(source, "a"), await ask(source, "b")]).toMatchObject([{ payload: "new" }, { payload: "new" }]);
  });

  test("a defined one may vanish without a trace", async () => {
    const source = mockSource({ a: "one" });
    source.absent("a");
    expect(await failureOf(ask(source, "a"))).toMatch(/^not-found/);
  });
});

test("the store may say more of a version", async () => {
  const clock = virtualClock({ now: 0 });
  const source = mockSource({ a: "one" }, { clock });
  const said = { metadata: { owner: "b" }, validFrom: 1, validUntil: 2, warnings: ["Old."] };
  source.annotate("a", { ...said, changesIn: "1m" });
  await clock.advance("20s");
  expect(await ask(source, "a")).toMatchObject({ ...said, changesInMs: 40_000 });
  await clock.advance("40s");
  expect(await ask(source, "a")).not.toHaveProperty("changesInMs");
  source.rotate("a", "two");
  expect(await ask(source, "a")).not.toHaveProperty("metadata");
  expect(await ask(source, "a", "previous")).toMatchObject(said);
});
