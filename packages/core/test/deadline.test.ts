import { describe, expect, test } from "vitest";
import { isPending, refusal, within } from "./outcomes.ts";
import { scriptedInstance } from "./scripted-instance.ts";
import { hangs, hangsUntilAborted } from "./scripted-source.ts";

describe.each([
  ["never answers", hangs],
  ["ends when it is told to", hangsUntilAborted],
])("a source that %s", (_what, reply) => {
  test("is waited for at most 10 s", async () => {
    const { secrets, source, clock } = scriptedInstance(reply);
    const read = secrets.getSecret("db");
    read.catch(() => {});
    await clock.advance("9s");
    expect(await isPending(read)).toBe(true);
    const error = await refusal(within(clock, "1s", read));
    expect(error).toMatchObject({ code: "timeout", source: "scripted", secretName: "db", retryable: true });
    expect(error.attempts).toBe(source.calls.length);
    for (const { context } of source.calls) expect(context.signal.aborted).toBe(true);
    expect(source.escaped).toEqual([]);
    clock.assertIdle();
  });

  test("and mints is asked once, for the whole 10 s", async () => {
    const { secrets, source, clock } = scriptedInstance(reply, { traits: { mints: true } });
    const read = secrets.getSecret("db");
    read.catch(() => {});
    await clock.advance(9999);
    expect(await isPending(read)).toBe(true);
    expect(await refusal(within(clock, "1ms", read))).toMatchObject({ code: "timeout", attempts: 1 });
    expect(source.calls).toHaveLength(1);
    clock.assertIdle();
  });
});

test("the wait keeps the process alive, and nothing does afterwards", async () => {
  const { secrets, clock } = scriptedInstance(hangs);
  const read = secrets.getSecret("db");
  await clock.settle();
  expect(clock.holding).toBe(1);
  await refusal(within(clock, "10s", read));
  expect(clock.holding).toBe(0);
});

test("an answer after the deadline is ignored", async () => {
  const late: (() => void)[] = [];
  const { secrets, clock } = scriptedInstance(
    () => new Promise((resolve) => late.push(() => resolve({ payload: "late" }))),
  );
  await refusal(within(clock, "10s", secrets.getSecret("db")));
  for (const answer of late) answer();
  await clock.settle();
  const next = secrets.getSecret("db", { refresh: true });
  next.catch(() => {});
  expect(await isPending(next)).toBe(false);
  await refusal(next);
});

test("whoever joins late waits no longer than the first", async () => {
  const { secrets, clock } = scriptedInstance(hangs, { traits: { mints: true } });
  const first = refusal(secrets.getSecret("db"));
  await clock.advance("9s");
  const second = refusal(secrets.getSecret("db"));
  const errors = await within(clock, "1s", Promise.all([first, second]));
  expect(errors.map(({ code }) => code)).toEqual(["timeout", "timeout"]);
});
