import { expect, test, vi } from "vitest";
import { conformanceCases } from "../src/cases/conformance-cases.ts";
import { describeSource } from "../src/index.ts";
import { allFlaws } from "./flaws/all-flaws.ts";
import type { Flaw } from "./flaws/flaw.ts";
import { choosingLabHarness, labHarness, mintingLabHarness, plainLabHarness } from "./lab/lab-harness.ts";
import { collectingRunner } from "./runner/collecting-runner.ts";

const labs = { plain: plainLabHarness, choosing: choosingLabHarness, minting: mintingLabHarness, full: labHarness };

// One of them prints what it reads.
vi.spyOn(console, "log").mockImplementation(() => {});

function suiteOver({ lab, spoil }: Flaw, broken: boolean) {
  const runner = collectingRunner();
  describeSource(
    labs[lab ?? "full"]((source, store) => spoil(source, store, broken)),
    runner,
  );
  return runner;
}

test.each(allFlaws)("a source that $what is caught by $caughtBy, and by that alone", async (flaw) => {
  const { failed } = await suiteOver(flaw, true).run();
  expect([...failed.keys()], [...failed.values()].join("\n")).toEqual([flaw.caughtBy]);
});

// All that the others see of the twin they have seen of the flawed one: nothing.
test.each(allFlaws)("the unbroken twin of one that $what passes $caughtBy", async (flaw) => {
  const { failed, passed } = await suiteOver(flaw, false).run([flaw.caughtBy]);
  expect([...failed]).toEqual([]);
  expect(passed).toEqual([flaw.caughtBy]);
});

test("every case catches a source that is broken on purpose", () => {
  const caught = new Set([...allFlaws.map(({ caughtBy }) => caughtBy), "honesty/harness"]);
  expect(conformanceCases.map(({ id }) => id).filter((id) => !caught.has(id))).toEqual([]);
});
