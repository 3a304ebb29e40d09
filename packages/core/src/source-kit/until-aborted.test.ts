import { getEventListeners } from "node:events";
import { expect, test, vi } from "vitest";
import { untilAborted } from "./until-aborted.ts";

const reason = new Error("enough");

test("gives what the work gives, and leaves no listener", async () => {
  const { signal } = new AbortController();
  await expect(untilAborted(signal, async () => 7)).resolves.toBe(7);
  await expect(untilAborted(signal, () => Promise.reject(reason))).rejects.toBe(reason);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("does not start the work after an abort", async () => {
  const work = vi.fn(async () => 7);
  await expect(untilAborted(AbortSignal.abort(reason), work)).rejects.toBe(reason);
  expect(work).not.toHaveBeenCalled();
});

test("does not wait for work that hangs, and ignores what becomes of it", async () => {
  const controller = new AbortController();
  const hanging = Promise.withResolvers<never>();
  const outcome = untilAborted(controller.signal, () => hanging.promise);
  controller.abort(reason);
  await expect(outcome).rejects.toBe(reason);
  hanging.reject(new Error("late"));
  expect(getEventListeners(controller.signal, "abort")).toEqual([]);
});
