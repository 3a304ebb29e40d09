import { describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { isPending, refusal, within } from "./outcomes.ts";
import { scriptedInstance } from "./scripted-instance.ts";
import { gate, hangs, hangsUntilAborted } from "./scripted-source.ts";

describe("a signal that was aborted before", () => {
  test("ends the read without a call", async () => {
    const { secrets, source } = scriptedInstance("value");
    const error = await refusal(secrets.getSecret("db", { signal: AbortSignal.abort(new Error("hunter2")) }));
    expect(error).toMatchObject({ code: "aborted", secretName: "db", source: "scripted", attempts: 0 });
    expect(error.cause).toBeUndefined();
    expect(source.calls).toEqual([]);
  });

  test("also where the value is in memory", async () => {
    const { secrets } = scriptedInstance("value");
    await secrets.getSecret("db");
    expect(await refusal(secrets.getSecret("db", { signal: AbortSignal.abort() }))).toMatchObject({ code: "aborted" });
  });

  test("is no absence", async () => {
    const { secrets } = scriptedInstance({ failure: "not-found" });
    const read = secrets.getSecret("db", { signal: AbortSignal.abort(), optional: true });
    expect(await refusal(read)).toMatchObject({ code: "aborted" });
  });
});

describe("a signal that is aborted meanwhile", () => {
  test.each([
    ["hangs", hangs],
    ["obeys", hangsUntilAborted],
  ])("ends the read at once, and the call of a source that %s", async (_what, reply) => {
    const { secrets, source, clock } = scriptedInstance(reply);
    const caller = new AbortController();
    const read = secrets.getSecret("db", { signal: caller.signal });
    await clock.settle();
    expect(source.calls[0]?.context.signal.aborted).toBe(false);
    caller.abort();
    expect(await refusal(read)).toMatchObject({ code: "aborted", secretName: "db" });
    await clock.settle();
    expect(source.calls[0]?.context.signal.aborted).toBe(true);
    expect(source.escaped).toEqual([]);
    clock.assertIdle();
  });

  test("ends the call before it was made", async () => {
    const { secrets, source, clock } = scriptedInstance(hangs);
    const caller = new AbortController();
    const read = secrets.getSecret("db", { signal: caller.signal });
    caller.abort();
    expect(await refusal(read)).toMatchObject({ code: "aborted" });
    await clock.settle();
    for (const { context } of source.calls) expect(context.signal.aborted).toBe(true);
    clock.assertIdle();
  });

  test("ends a wait between two attempts", async () => {
    const { secrets, source, clock } = scriptedInstance({ failure: "unavailable", retryAfterMs: 5000 });
    const caller = new AbortController();
    const read = secrets.getSecret("db", { signal: caller.signal });
    await clock.advance("1s");
    caller.abort();
    expect(await refusal(read)).toMatchObject({ code: "aborted" });
    await clock.advance("1m");
    expect(source.calls).toHaveLength(1);
    clock.assertIdle();
  });

  test("ends a wait for a schema", async () => {
    const { secrets, source } = scriptedInstance("value");
    const verdict = Promise.withResolvers<string>();
    const schema = z.string().transform(() => verdict.promise);
    const caller = new AbortController();
    const leaving = secrets.getSecret("db", { schema, signal: caller.signal });
    const staying = secrets.getSecret("db", { schema });
    expect(await isPending(leaving)).toBe(true);
    caller.abort();
    expect(await refusal(leaving)).toMatchObject({ code: "aborted", secretName: "db" });
    verdict.resolve("good");
    expect((await staying).reveal()).toBe("good");
    expect(source.calls).toHaveLength(1);
  });

  test("does not touch the others", async () => {
    const reply = gate("value");
    const { secrets, source } = scriptedInstance(reply.reply);
    const impatient = new AbortController();
    const leaving = refusal(secrets.getSecret("db", { signal: impatient.signal }));
    const staying = [secrets.getSecret("db"), secrets.getSecret("db", { signal: new AbortController().signal })];
    impatient.abort();
    expect(await leaving).toMatchObject({ code: "aborted" });
    expect(await isPending(Promise.all(staying))).toBe(true);
    expect(source.calls[0]?.context.signal.aborted).toBe(false);
    reply.open();
    expect((await Promise.all(staying)).map((secret) => secret.reveal())).toEqual(["value", "value"]);
    expect(source.calls).toHaveLength(1);
  });

  test("of the last caller ends the call, and the next caller has a new one", async () => {
    const { secrets, source, clock } = scriptedInstance([hangs, "value"]);
    const callers = [new AbortController(), new AbortController()];
    const reads = callers.map(({ signal }) => refusal(secrets.getSecret("db", { signal })));
    await clock.settle();
    callers[0]?.abort();
    await clock.settle();
    expect(source.calls[0]?.context.signal.aborted).toBe(false);
    callers[1]?.abort();
    expect((await Promise.all(reads)).map(({ code }) => code)).toEqual(["aborted", "aborted"]);
    await clock.settle();
    expect(source.calls[0]?.context.signal.aborted).toBe(true);
    expect((await secrets.getSecret("db")).reveal()).toBe("value");
    expect(source.calls).toHaveLength(2);
  });

  test("is no failure of the store: who comes at that very moment gets a value", async () => {
    const { secrets, clock } = scriptedInstance([hangs, "value"]);
    const caller = new AbortController();
    const leaving = refusal(secrets.getSecret("db", { signal: caller.signal }));
    await clock.settle();
    caller.abort();
    const next = secrets.getSecret("db");
    expect(await leaving).toMatchObject({ code: "aborted" });
    expect((await within(clock, "10s", next)).reveal()).toBe("value");
  });
});

test("a signal that is aborted afterwards changes nothing", async () => {
  const { secrets, source } = scriptedInstance("value");
  const caller = new AbortController();
  const secret = await secrets.getSecret("db", { signal: caller.signal });
  caller.abort();
  expect(secret.reveal()).toBe("value");
  expect(source.calls[0]?.context.signal.aborted).toBe(false);
  expect((await secrets.getSecret("db")).reveal()).toBe("value");
});

test("no listener is left on a caller's signal, however often it reads", async () => {
  const { secrets } = scriptedInstance("value");
  const { signal } = new AbortController();
  const added = vi.spyOn(signal, "addEventListener");
  const removed = vi.spyOn(signal, "removeEventListener");
  for (const name of ["a", "b", "c", "a"]) await secrets.getSecret(name, { signal });
  expect(removed).toHaveBeenCalledTimes(added.mock.calls.length);
});
