import { describe, expect, test } from "vitest";
import { refusal, within } from "./outcomes.ts";
import { scriptedInstance } from "./scripted-instance.ts";
import { gate } from "./scripted-source.ts";

test("one question, one answer: a thousand callers at once make one call", async () => {
  const reply = gate({ payload: "value", version: "1" });
  const { secrets, source, clock } = scriptedInstance(reply.reply);
  const reads = Array.from({ length: 1000 }, () => secrets.getSecret("db"));
  await clock.settle();
  expect(source.calls).toHaveLength(1);
  reply.open();
  const found = await Promise.all(reads);
  expect(new Set(found.map((secret) => secret.reveal()))).toEqual(new Set(["value"]));
  expect(source.calls).toHaveLength(1);
  clock.assertIdle();
});

test("also when the source answers at once", async () => {
  const { secrets, source } = scriptedInstance("value");
  await Promise.all(Array.from({ length: 1000 }, () => secrets.getSecret("db")));
  expect(source.calls).toHaveLength(1);
});

test("also when they ask one after the other, while the first call is under way", async () => {
  const reply = gate("value");
  const { secrets, source, clock } = scriptedInstance(reply.reply);
  const reads = [];
  for (let second = 0; second < 2; second += 1) {
    reads.push(
      secrets.getSecret("db"),
      secrets.getSecret("db", { as: "json" }).catch(() => {}),
    );
    await clock.advance("1s");
  }
  reply.open();
  await Promise.all(reads);
  expect(source.calls).toHaveLength(1);
});

test("also when it fails: all get the failure, each its own error", async () => {
  const reply = gate({ failure: "access-denied", advice: "Grant secretsmanager:GetSecretValue." });
  const { secrets, source } = scriptedInstance(reply.reply);
  const reads = Array.from({ length: 100 }, () => refusal(secrets.getSecret("db")));
  reply.open();
  const errors = await Promise.all(reads);
  expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(["access-denied"]));
  expect(new Set(errors).size).toBe(100);
  expect(source.calls).toHaveLength(1);
});

describe("different questions are different calls:", () => {
  test("other names, other versions", async () => {
    const { secrets, source } = scriptedInstance("value");
    await Promise.all([
      secrets.getSecret("a"),
      secrets.getSecret("b"),
      secrets.getSecret("a", { version: "previous" }),
      secrets.getSecret("a", { version: { id: "1" } }),
      secrets.getSecret("a", { version: { label: "1" } }),
    ]);
    expect(source.calls).toHaveLength(5);
  });

  test("names that look alike", async () => {
    const { secrets, source } = scriptedInstance(({ ref }) => Promise.resolve({ payload: ref.name }));
    const names = ["é", "e\u0301", "A", "a", "a ", "a/", "a//", "./a"];
    const found = await Promise.all(names.map((name) => secrets.getSecret(name)));
    expect(found.map((secret) => secret.reveal())).toEqual(names);
    expect(source.calls).toHaveLength(names.length);
  });
});

test("a call that has failed is not joined by the next caller", async () => {
  const { secrets, source, clock } = scriptedInstance([{ failure: "access-denied" }, "value"]);
  await refusal(secrets.getSecret("db"));
  await clock.advance("2m");
  expect((await within(clock, "1s", secrets.getSecret("db"))).reveal()).toBe("value");
  expect(source.calls).toHaveLength(2);
});
