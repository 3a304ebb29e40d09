import { expect, it } from "vitest";
import { difference, quietRounds, ratio, takeTurns } from "./take-turns.ts";

it("the quiet rounds are the quarter in which all were fastest together", () => {
  const rounds = { base: [5, 1, 9, 2, 8, 7, 6, 4], other: [50, 90, 10, 80, 10, 10, 10, 10] };
  expect(quietRounds(rounds)).toEqual({ base: [6, 4], other: [10, 10] });
});

it("differences and ratios are taken within a round", () => {
  const rounds = { base: [10, 20, 40], other: [15, 30, 44] };
  expect(difference(rounds, "other", "base")).toBe(5);
  expect(ratio(rounds, "other", "base")).toBe(1.5);
});

it("each loop is warmed up before any is measured, and each round has another order", async () => {
  const log: string[] = [];
  const loop = (name: string) => async (times: number) => void log.push(`${name}${times}`);
  let now = 0;
  const rounds = await takeTurns({ a: loop("a"), b: loop("b") }, { rounds: 2, times: 3, warmUps: 1, now: () => now++ });
  expect(log).toEqual(["a3", "b3", "a3", "b3", "b3", "a3"]);
  expect(rounds).toEqual({ a: [1 / 3, 1 / 3], b: [1 / 3, 1 / 3] });
});
