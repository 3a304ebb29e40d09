import { describe, expect, test } from "vitest";
import { failureCodes } from "../src/errors/error-code.ts";
import { refusal, within } from "./outcomes.ts";
import { scriptedInstance } from "./scripted-instance.ts";

describe.each(failureCodes)("a source's %s", (failure) => {
  const answer = {
    failure,
    advice: "Ask the operator.",
    native: { name: "StoreError", code: "E42", status: 499, requestId: "r-1" },
  };

  test("reaches the caller with all that there is to know", async () => {
    const { secrets, source, clock } = scriptedInstance(answer);
    const error = await refusal(within(clock, "10s", secrets.getSecret("db")));
    expect(error).toMatchObject({
      name: "SecretsError",
      code: failure,
      source: "scripted",
      secretName: "db",
      attempts: source.calls.length,
      advice: "Ask the operator.",
      cause: answer.native,
    });
    expect(error.message).toMatch(/^[A-Z][^\n]+ \(secret "db", source "scripted".*\)\. Ask the operator\.$/);
    expect(source.calls.length).toBeGreaterThan(0);
    clock.assertIdle();
  });

  test("is never kept as a value", async () => {
    const { secrets, source, clock } = scriptedInstance(answer);
    await refusal(within(clock, "10s", secrets.getSecret("db")));
    source.script("value");
    // Longer than any wait between calls.
    await clock.advance("5m");
    expect((await secrets.getSecret("db")).reveal()).toBe("value");
    expect((await secrets.getSecret("db")).stale).toBeUndefined();
  });
});

test("a value that cannot be decoded is asked for again once it is due, not before", async () => {
  const { secrets, source, clock } = scriptedInstance(["{broken", '{"fixed":true}']);
  for (let reads = 0; reads < 3; reads += 1) {
    expect(await refusal(secrets.getSecret("db", { as: "json" }))).toMatchObject({ code: "decode-failed" });
  }
  expect(source.calls).toHaveLength(1);
  await clock.advance("5m");
  expect((await secrets.getSecret("db", { as: "json" })).reveal()).toEqual({ fixed: true });
});

test("one secret's denial does not touch another's", async () => {
  const { secrets } = scriptedInstance(({ ref }) =>
    Promise.resolve(ref.name === "denied" ? { failure: "access-denied" } : { payload: "value" }),
  );
  const [denied, granted] = await Promise.all([refusal(secrets.getSecret("denied")), secrets.getSecret("granted")]);
  expect(denied.code).toBe("access-denied");
  expect(granted.reveal()).toBe("value");
});

test("what the store says beside a failure is no value", async () => {
  const both = { failure: "deleted", payload: "hunter2" } as const;
  const { secrets } = scriptedInstance(() => Promise.resolve(both));
  expect(await refusal(secrets.getSecret("db"))).toMatchObject({ code: "deleted" });
});

test("no storm: however many ask, a failing store is not asked in a tight loop", async () => {
  const { secrets, source, clock } = scriptedInstance({ failure: "access-denied" });
  for (let asked = 0; asked < 500; asked += 1) {
    await refusal(secrets.getSecret("db"));
    await clock.advance(2);
  }
  // One second: the first call and, after a backoff of at least 100 ms each, at most ten more.
  expect(source.calls.length).toBeLessThanOrEqual(11);
});
