import { describe, expect, test } from "vitest";
import { type FailureCode, failureCodes } from "../errors/error-code.ts";
import type { SecretRecord } from "../source/secret-record.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { InstanceTime } from "../time/instance-time.ts";
import { Outage } from "./outage.ts";

const record: SecretRecord = { payload: "value" };
const failure = (code: FailureCode) => ({ failure: code });

/** Half of each backoff's range: 500 ms, 1 s, 2 s, ... */
function makeOutage() {
  const clock = virtualClock();
  const time = new InstanceTime(clock);
  const outage = new Outage(time, () => 0.5);
  const end = (answers: Parameters<Outage["ended"]>[1], isTry = false, startedAt = time.precise()) =>
    outage.ended(startedAt, answers, isTry);
  return { clock, time, outage, end };
}

const outages = ["unavailable", "timeout", "throttled"] as const;
const silent = ["aborted", "invalid-request", "unsupported"] as const;
const words = failureCodes.filter((code) => !([...outages, ...silent] as FailureCode[]).includes(code));

test("a source that answers is called freely", () => {
  const { outage, end } = makeOutage();
  expect(outage.admit()).toBe("call");
  end([record]);
  expect(outage.admit()).toBe("call");
  expect(outage.failure).toBeUndefined();
});

test.each(outages)("a call that ends %s begins an outage, which everybody is told", (code) => {
  const { outage, end } = makeOutage();
  end([failure(code)]);
  expect(outage.failure).toEqual({ failure: code });
  expect(outage.admit()).toEqual({ failure: code });
});

test.each([...words, ...silent])("%s is no outage", (code) => {
  const { outage, end } = makeOutage();
  end([failure(code)]);
  expect(outage.failure).toBeUndefined();
  expect(outage.admit()).toBe("call");
});

test.each(outages)("%s of one secret alone is no outage, and ends one", async (code) => {
  const { clock, outage, end } = makeOutage();
  end([{ failure: code, thisSecretOnly: true }]);
  expect(outage.failure).toBeUndefined();
  await clock.advance("1s");
  end([failure("unavailable")]);
  expect(outage.failure).toBeDefined();
  await clock.advance("1m");
  expect(outage.admit()).toBe("try");
  end([{ failure: code, thisSecretOnly: true }], true);
  expect(outage.failure).toBeUndefined();
});

test("one try per backoff step, each twice as far as the one before, up to a minute", async () => {
  const { clock, outage, end } = makeOutage();
  end([failure("unavailable")]);
  for (const step of [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]) {
    await clock.advance(step - 1);
    expect(outage.admit()).toEqual({ failure: "unavailable" });
    await clock.advance(1);
    expect(outage.admit()).toBe("try");
    expect(outage.admit()).toEqual({ failure: "unavailable" });
    await clock.advance("5s");
    expect(outage.admit()).toEqual({ failure: "unavailable" });
    end([failure("unavailable")], true);
  }
});

test.each([...words, undefined])("a try that brings %s ends it", async (code) => {
  const { clock, outage, end } = makeOutage();
  end([failure("timeout")]);
  await clock.advance(500);
  outage.admit();
  end([code === undefined ? record : failure(code)], true);
  expect(outage.failure).toBeUndefined();
  expect(outage.admit()).toBe("call");
});

test.each(["invalid-request", "unsupported"] as const)(
  "a try that ends %s says nothing: the next may follow",
  async (code) => {
    const { clock, outage, end } = makeOutage();
    end([failure("timeout")]);
    await clock.advance(500);
    outage.admit();
    end([failure(code)], true);
    expect(outage.failure).toEqual({ failure: "timeout" });
    expect(outage.admit()).toBe("try");
  },
);

test("a try that was given up says nothing, and the next keeps its distance", async () => {
  const { clock, outage, end } = makeOutage();
  end([failure("timeout")]);
  for (let given = 0; given < 5; given += 1) {
    await clock.advance(499);
    expect(outage.admit()).toEqual({ failure: "timeout" });
    await clock.advance(1);
    expect(outage.admit()).toBe("try");
    end([failure("aborted")], true);
  }
});

test("a try of several that was given up in part keeps its distance as well", async () => {
  const { clock, outage, end } = makeOutage();
  end([failure("timeout")]);
  await clock.advance(500);
  outage.admit();
  end([failure("invalid-request"), failure("aborted")], true);
  await clock.advance(499);
  expect(outage.admit()).toEqual({ failure: "timeout" });
  await clock.advance(1);
  expect(outage.admit()).toBe("try");
});

describe("calls that were under way when the outage was found", () => {
  test("say nothing new when they fail", async () => {
    const { clock, outage, end, time } = makeOutage();
    const startedAt = time.precise();
    await clock.advance(100);
    end([failure("unavailable")]);
    const { nextTryAt } = outage;
    await clock.advance(100);
    end([failure("timeout")], false, startedAt);
    expect(outage.nextTryAt).toBe(nextTryAt);
    expect(outage.failure).toEqual({ failure: "unavailable" });
  });

  test.each(["aborted", "timeout"] as const)("do not end the try that is under way, when they end %s", async (code) => {
    const { clock, outage, end, time } = makeOutage();
    const startedAt = time.precise();
    end([failure("unavailable")]);
    await clock.advance(500);
    expect(outage.admit()).toBe("try");
    end([failure(code)], false, startedAt);
    expect(outage.admit()).toEqual({ failure: "unavailable" });
  });

  test("end it when they are answered", async () => {
    const { outage, end, time } = makeOutage();
    const startedAt = time.precise();
    end([failure("unavailable")]);
    end([record], false, startedAt);
    expect(outage.admit()).toBe("call");
  });
});

test("a failure during which another call was answered is no outage; the next one is", async () => {
  const { clock, outage, end, time } = makeOutage();
  const startedAt = time.precise();
  await clock.advance(100);
  end([record]);
  await clock.advance(100);
  end([failure("timeout")], false, startedAt);
  expect(outage.failure).toBeUndefined();
  end([failure("timeout")]);
  expect(outage.failure).toEqual({ failure: "timeout" });
});

describe("a batch", () => {
  test.each([
    ["a record", record],
    ["the store's own no", failure("not-found")],
  ])("with %s among its answers was answered, wherever it stands", (_what, answer) => {
    for (const answers of [
      [answer, failure("unavailable")],
      [failure("unavailable"), answer],
    ]) {
      const { outage, end } = makeOutage();
      end(answers);
      expect(outage.failure).toBeUndefined();
    }
  });

  test("with nothing but failures and refused requests was not", () => {
    const { outage, end } = makeOutage();
    end([failure("invalid-request"), failure("unavailable"), failure("invalid-request")]);
    expect(outage.failure).toEqual({ failure: "unavailable" });
  });
});

test("what the store asked for is the distance of the next try, five minutes at most", async () => {
  const { clock, outage, end } = makeOutage();
  end([{ failure: "throttled", retryAfterMs: 3_600_000 }]);
  await clock.advance(299_999);
  expect(outage.admit()).toMatchObject({ failure: "throttled" });
  await clock.advance(1);
  expect(outage.admit()).toBe("try");
});

test("time that passed while the machine slept counts", async () => {
  const { clock, outage, end } = makeOutage();
  end([failure("timeout")]);
  clock.freeze("1h");
  expect(outage.admit()).toBe("try");
});

describe("attempts that are given up before the store has said a word", () => {
  test("are counted: the fifth is heard out, and only one at a time", () => {
    const { outage } = makeOutage();
    expect([0, 0, 0, 0].map((ms) => outage.gaveUp(ms))).toEqual([false, false, false, false]);
    expect(outage.gaveUp(0)).toBe(true);
    expect(outage.gaveUp(0)).toBe(false);
    outage.wasHeardOut();
    expect(outage.gaveUp(0)).toBe(true);
  });

  test("have waited as long as one attempt may, all together: the next is heard out", () => {
    const { outage } = makeOutage();
    expect([1500, 1499, 1].map((ms) => outage.gaveUp(ms))).toEqual([false, false, true]);
  });

  test.each([
    ["a record", record],
    ["the store's own no", failure("not-found")],
  ])("are forgotten with %s", (_what, answer) => {
    const { outage, end } = makeOutage();
    for (const ms of [700, 700, 700, 700]) outage.gaveUp(ms);
    end([answer]);
    expect([700, 700, 700, 700].map((ms) => outage.gaveUp(ms))).toEqual([false, false, false, false]);
    expect(outage.gaveUp(700)).toBe(true);
  });

  test.each([...outages, ...silent])("are not forgotten with %s", (code) => {
    const { outage, end } = makeOutage();
    for (const ms of [0, 0, 0, 0]) outage.gaveUp(ms);
    end([failure(code)]);
    expect(outage.gaveUp(0)).toBe(true);
  });
});

test("says when the next try is due while it is out, and not otherwise", async () => {
  const { outage, end, time } = makeOutage();
  expect(outage.nextTryAt).toBeUndefined();
  end([failure("timeout")]);
  expect(outage.nextTryAt).toBe(time.precise() + 500);
  expect(outage.isTryDue(time.precise() + 499)).toBe(false);
  expect(outage.isTryDue(time.precise() + 500)).toBe(true);
});
