import { expect, test } from "vitest";
import { batchingSource } from "../../test/batching-source.ts";
import type { SourceBatch } from "../source/secret-source.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { attemptBatch } from "./attempt-read.ts";

const refs = ["a", "b"].map((name) => ({ name, version: "current" }) as const);

function answered(answer: unknown) {
  const source = batchingSource({ limit: 10, answer: () => answer });
  const limits = { clock: virtualClock(), deadlineMs: 1000, signal: new AbortController().signal, bypassCaches: false };
  return attemptBatch(source, source.batch as SourceBatch, refs, limits);
}

test("a source's own failure of the whole says what it says, also where it has no code for it", async () => {
  const failure = {
    failure: "unknown",
    advice: "Install the dependencies anew.",
    native: { code: "MODULE_NOT_FOUND" },
  };
  expect(await answered(failure)).toEqual(failure);
  expect(await answered({ failure: "nonsense" })).toMatchObject({ advice: expect.stringContaining("no code") });
});

test.each([undefined, null, "text", {}, { payload: 5 }])("%s is no list, and the source is told so", async (answer) => {
  expect(await answered(answer)).toMatchObject({
    failure: "unknown",
    advice: expect.stringContaining("one item per ref"),
  });
});
