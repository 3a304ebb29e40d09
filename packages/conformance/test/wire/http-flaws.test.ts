import { expect, test } from "vitest";
import { describeSource } from "../../src/index.ts";
import { groupOf } from "../../src/plan/plan.ts";
import { collectingRunner } from "../runner/collecting-runner.ts";
import { httpFlaws } from "./http-flaws.ts";
import { httpHarness } from "./http-harness.ts";
import { goodManners, type HttpManners } from "./http-source.ts";

// The others are put to sources in memory, which break them one by one.
const onTheWire = ["abort", "deadlines", "faults"];

function suiteOver(manners: HttpManners) {
  const runner = collectingRunner();
  const { cases } = describeSource({ ...httpHarness("http proxy", manners), patienceMs: 2000 }, runner);
  const ids = cases.filter((one) => onTheWire.includes(groupOf(one))).map(({ id }) => id);
  return { runner, ids };
}

test.each(httpFlaws)(
  "a source that $what is caught by $caughtBy, and by nothing else",
  async ({ manners, caughtBy }) => {
    const { runner, ids } = suiteOver(manners);
    const { failed } = await runner.run(ids);
    expect([...failed.keys()], [...failed.values()].join("\n")).toEqual(caughtBy);
  },
);

test("their unbroken twin passes all of it", async () => {
  const { runner, ids } = suiteOver(goodManners);
  const { failed, passed } = await runner.run(ids);
  expect([...failed]).toEqual([]);
  expect(passed).toEqual(ids);
  expect(ids).toEqual(expect.arrayContaining(httpFlaws.flatMap(({ caughtBy }) => caughtBy)));
});
