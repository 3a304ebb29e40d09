import { describe, expect, test } from "vitest";
import { isPending, refusal, within } from "./outcomes.ts";
import { scriptedInstance } from "./scripted-instance.ts";
import { gate, hangs } from "./scripted-source.ts";

describe("`ttl`", () => {
  test("until then a value is served from memory, without waiting for the store", async () => {
    const { secrets, clock } = scriptedInstance(["old", hangs], { ttl: "1m" });
    await secrets.getSecret("db");
    await clock.advance(59_999);
    expect((await secrets.getSecret("db")).reveal()).toBe("old");
  });

  test("from then on callers wait for the store", async () => {
    const next = gate("new");
    const { secrets, clock } = scriptedInstance(["old", next.reply], { ttl: "1m" });
    await secrets.getSecret("db");
    await clock.advance("1m");
    const read = secrets.getSecret("db");
    expect(await isPending(read)).toBe(true);
    next.open();
    expect((await read).reveal()).toBe("new");
  });

  test("is five minutes unless it is said", async () => {
    const { secrets, clock } = scriptedInstance(["old", hangs, "new"]);
    await secrets.getSecret("db");
    await clock.advance(299_999);
    expect((await secrets.getSecret("db")).reveal()).toBe("old");
    const { secrets: other, clock: otherClock, source } = scriptedInstance(["old", "new"]);
    await other.getSecret("db");
    await otherClock.advance("5m");
    expect((await other.getSecret("db")).reveal()).toBe("new");
    expect(source.calls).toHaveLength(2);
  });

  test("counts from the start of the read, not from its end", async () => {
    const slow = gate("old");
    const { secrets, clock } = scriptedInstance([slow.reply, "new"], { ttl: "1m" });
    const read = secrets.getSecret("db");
    await clock.advance("2s");
    slow.open();
    await read;
    await clock.advance("58s");
    expect((await secrets.getSecret("db")).reveal()).toBe("new");
  });

  test("no call is made while nobody asks", async () => {
    const { secrets, clock, source } = scriptedInstance("value", { ttl: "1m" });
    await secrets.getSecret("db");
    clock.assertIdle();
    await clock.advance("1d");
    expect(source.calls).toHaveLength(1);
  });
});

describe("`maxAge`", () => {
  test("takes nothing older than it", async () => {
    const { secrets, clock } = scriptedInstance(["old", hangs, "new"], { ttl: "1m" });
    await secrets.getSecret("db");
    await clock.advance(9999);
    expect((await secrets.getSecret("db", { maxAge: "10s" })).reveal()).toBe("old");
    const { secrets: other, clock: otherClock } = scriptedInstance(["old", "new"], { ttl: "1m" });
    await other.getSecret("db");
    await otherClock.advance("10s");
    expect((await other.getSecret("db", { maxAge: "10s" })).reveal()).toBe("new");
  });

  test("concerns the caller who says it alone", async () => {
    const { secrets, clock } = scriptedInstance(["old", hangs], { ttl: "1m" });
    await secrets.getSecret("db");
    await clock.advance("10s");
    const strict = secrets.getSecret("db", { maxAge: "10s" });
    strict.catch(() => {});
    expect(await isPending(strict)).toBe(true);
    expect((await secrets.getSecret("db")).reveal()).toBe("old");
  });

  test("never makes a value live longer than `ttl`", async () => {
    const { secrets, clock } = scriptedInstance(["old", "new"], { ttl: "1m" });
    await secrets.getSecret("db");
    await clock.advance("1m");
    expect((await secrets.getSecret("db", { maxAge: "1h" })).reveal()).toBe("new");
  });

  test("of nothing joins a read that is under way", async () => {
    const reply = gate("value");
    const { secrets, source } = scriptedInstance(reply.reply);
    const reads = [secrets.getSecret("db"), secrets.getSecret("db", { maxAge: "0s" })];
    reply.open();
    expect((await Promise.all(reads)).map((secret) => secret.reveal())).toEqual(["value", "value"]);
    expect(source.calls).toHaveLength(1);
  });
});

describe("`refresh`", () => {
  test("asks the store, past the caches on the way", async () => {
    const { secrets, clock, source } = scriptedInstance(["old", "new"]);
    await secrets.getSecret("db");
    await clock.advance("1s");
    expect((await secrets.getSecret("db", { refresh: true })).reveal()).toBe("new");
    expect(source.calls.map(({ context }) => context.bypassCaches)).toEqual([false, true]);
    expect((await secrets.getSecret("db")).reveal()).toBe("new");
  });

  test("takes an answer that is less than a second old", async () => {
    const { secrets, clock, source } = scriptedInstance(["old", "new"]);
    await secrets.getSecret("db");
    await clock.advance(999);
    expect((await secrets.getSecret("db", { refresh: true })).reveal()).toBe("old");
    expect(source.calls).toHaveLength(1);
  });

  test("joins a read that is under way", async () => {
    const reply = gate("value");
    const { secrets, source, clock } = scriptedInstance([reply.reply, "never asked for"]);
    const reads = [secrets.getSecret("db"), secrets.getSecret("db", { refresh: true })];
    await clock.advance("2s");
    reads.push(secrets.getSecret("db", { refresh: true }));
    reply.open();
    expect((await Promise.all(reads)).map((secret) => secret.reveal())).toEqual(["value", "value", "value"]);
    expect(source.calls).toHaveLength(1);
  });

  test("of a thousand callers is one call", async () => {
    const { secrets, source, clock } = scriptedInstance(["old", "new"]);
    await secrets.getSecret("db");
    await clock.advance("1m");
    const reads = Array.from({ length: 1000 }, () => secrets.getSecret("db", { refresh: true }));
    expect(new Set((await Promise.all(reads)).map((secret) => secret.reveal()))).toEqual(new Set(["new"]));
    expect(source.calls).toHaveLength(2);
  });

  test("never answers an older value when the store fails", async () => {
    const { secrets, clock } = scriptedInstance(["old", { failure: "unavailable" }]);
    await secrets.getSecret("db");
    await clock.advance("1s");
    const read = secrets.getSecret("db", { refresh: true });
    expect(await refusal(within(clock, "10s", read))).toMatchObject({ code: "unavailable" });
  });

  test("`false` is as if it were not said", async () => {
    const { secrets, clock, source } = scriptedInstance("value");
    await secrets.getSecret("db");
    await clock.advance(999);
    await secrets.getSecret("db", { refresh: false });
    expect(source.calls).toHaveLength(1);
  });
});
