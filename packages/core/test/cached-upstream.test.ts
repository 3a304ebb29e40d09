import { describe, expect, test } from "vitest";
import { scriptedInstance } from "./scripted-instance.ts";
import { gate } from "./scripted-source.ts";

const old = { payload: "old", ageMs: 60_000 };

describe("a forced refresh, where a cache upstream remembers", () => {
  test("makes at most one call a second, however old the answers", async () => {
    const { secrets, source, clock } = scriptedInstance(old);
    for (let read = 0; read < 50; read += 1) await secrets.getSecret("db", { refresh: true });
    expect(source.calls).toHaveLength(1);
    await clock.advance(999);
    await secrets.getSecret("db", { refresh: true });
    expect(source.calls).toHaveLength(1);
    await clock.advance(1);
    const secret = await secrets.getSecret("db", { refresh: true });
    expect(source.calls).toHaveLength(2);
    expect(clock.now() - secret.fetchedAt).toBe(60_000);
  });

  test("is not answered with what that cache gave a moment ago", async () => {
    const { secrets, source } = scriptedInstance([old, "new"]);
    await secrets.getSecret("db");
    expect((await secrets.getSecret("db", { refresh: true })).reveal()).toBe("new");
    expect(source.calls.map(({ context }) => context.bypassCaches)).toEqual([false, true]);
  });

  test("nor with what a call brings that does not pass it by, when it was joined: it asks once more", async () => {
    const slow = gate(old);
    const { secrets, source, clock } = scriptedInstance([slow.reply, "new"]);
    const plain = secrets.getSecret("db");
    await clock.settle();
    const forced = [1, 2, 3].map(() => secrets.getSecret("db", { refresh: true }));
    slow.open();
    expect((await plain).reveal()).toBe("old");
    for (const read of forced) expect((await read).reveal()).toBe("new");
    expect(source.calls.map(({ context }) => context.bypassCaches)).toEqual([false, true]);
  });

  test("is content with a call that it joined and that brought the store's own word", async () => {
    const slow = gate("new");
    const { secrets, source, clock } = scriptedInstance(slow.reply);
    const reads = [secrets.getSecret("db"), secrets.getSecret("db", { refresh: true })];
    await clock.settle();
    slow.open();
    for (const read of reads) expect((await read).reveal()).toBe("new");
    expect(source.calls).toHaveLength(1);
  });
});
