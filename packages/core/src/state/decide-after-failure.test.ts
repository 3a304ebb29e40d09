import { describe, expect, test } from "vitest";
import { denied, down, failed, inHand, minute, refused, refusedAt, told, troubled } from "../../test/decisions.ts";
import { decideAfterFailure } from "./decide-read.ts";

describe("when the awaited call has failed", () => {
  const timeout = { failure: "timeout" } as const;
  test.each([
    ["nothing in hand", failed(down), timeout, minute, false, "fail timeout"],
    ["an outage, within maxStale", troubled(down), timeout, 65 * minute - 1, false, "serve as timeout"],
    ["an outage, past maxStale", troubled(down), timeout, 65 * minute, false, "fail timeout at the limit"],
    [
      "a mint budget that is spent, past maxStale: that says it all",
      troubled(down),
      { failure: "mint-budget-exhausted" } as const,
      65 * minute,
      false,
      "fail mint-budget-exhausted",
    ],
    ["a forced refresh", troubled(down), timeout, minute, true, "fail timeout"],
    ["the store's no, in its 30 s", troubled(refused), denied, refusedAt(29), false, "serve as access-denied"],
    ["the store's no, after 30 s", troubled(refused), denied, refusedAt(30), false, "fail access-denied"],
    ["an outage after the store's no", troubled(refused), timeout, refusedAt(29), false, "serve as access-denied"],
    [
      "the store's no, past maxStale",
      troubled({ ...refused, refusal: { failure: denied, since: 65 * minute } }),
      denied,
      65 * minute,
      false,
      "fail access-denied",
    ],
    ["no word of the store", inHand, { failure: "aborted" } as const, minute, false, "fail aborted"],
    ["a known outage turned it away", inHand, timeout, 6 * minute, false, "serve as timeout"],
  ] as const)("%s", (_what, state, failure, now, refresh, expected) => {
    expect(told(decideAfterFailure<string>(state, failure, { now, refresh }))).toBe(expected);
  });
});
