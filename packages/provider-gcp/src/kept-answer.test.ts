import { expect, test, vi } from "vitest";
import { KeptAnswer } from "./kept-answer.ts";

test("an answer is asked for once, and kept", async () => {
  const ask = vi.fn(async () => "one");
  const answer = new KeptAnswer(ask, 1000);
  expect(await Promise.all([answer.get(), answer.get()])).toEqual(["one", "one"]);
  expect(await answer.get()).toBe("one");
  expect(ask).toHaveBeenCalledTimes(1);
});

test("a failure is not kept", async () => {
  const ask = vi.fn(async () => "two").mockRejectedValueOnce(new Error("no"));
  const answer = new KeptAnswer(ask, 1000);
  await expect(Promise.all([answer.get(), answer.get()])).rejects.toThrow("no");
  expect(await answer.get()).toBe("two");
  expect(ask).toHaveBeenCalledTimes(2);
});

test("one that hangs is joined for a while, and no longer; what it comes to then changes nothing", async () => {
  const hanging = Promise.withResolvers<string>();
  const ask = vi.fn(async () => "two").mockReturnValueOnce(hanging.promise);
  const now = vi.spyOn(performance, "now").mockReturnValue(0);
  const answer = new KeptAnswer(ask, 1000);
  const first = answer.get();
  now.mockReturnValue(999);
  expect(answer.get()).toBe(first);
  now.mockReturnValue(1000);
  expect(await answer.get()).toBe("two");
  hanging.reject(new Error("late"));
  await expect(first).rejects.toThrow("late");
  expect(await answer.get()).toBe("two");
  expect(ask).toHaveBeenCalledTimes(2);
  now.mockRestore();
});
