import { expect, test } from "vitest";
import { refusal } from "./outcomes.ts";
import { scriptedInstance } from "./scripted-instance.ts";
import { hangsUntilAborted } from "./scripted-source.ts";
import { distances } from "./steady-readers.ts";

test("who asks and leaves in a loop makes no call at each turn", async () => {
  const { clock, source, secrets } = scriptedInstance(hangsUntilAborted);
  // No longer, or the store is found out to hang.
  for (let ms = 0; ms < 1600; ms += 1) {
    const caller = new AbortController();
    const read = refusal(secrets.getSecret("db", { signal: caller.signal }));
    await clock.advance(1);
    caller.abort();
    expect((await read).code).toBe("aborted");
  }
  // At once, at once again, then after 100 ms, 200 ms, ... up to a second.
  expect(distances(source.calls.map(({ at }) => at)).slice(1)).toEqual([100, 200, 400, 800]);
  // One attempt is heard out.
  await clock.advance("3s");
  clock.assertIdle();
});

test("who stays gets the answer of the next call, and after it nothing is held against the secret", async () => {
  const { clock, source, secrets } = scriptedInstance([
    hangsUntilAborted,
    hangsUntilAborted,
    hangsUntilAborted,
    "value",
  ]);
  for (let turn = 0; turn < 300; turn += 1) {
    const caller = new AbortController();
    const read = refusal(secrets.getSecret("db", { signal: caller.signal }));
    await clock.advance(1);
    caller.abort();
    await read;
  }
  expect(source.calls).toHaveLength(3);
  const staying = secrets.getSecret("db");
  await clock.advance("1s");
  expect((await staying).reveal()).toBe("value");
  await clock.advance("2s");
  expect((await secrets.getSecret("db", { refresh: true })).reveal()).toBe("value");
  expect(source.calls).toHaveLength(5);
  clock.assertIdle();
});
