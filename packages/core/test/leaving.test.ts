import { describe, expect, test } from "vitest";
import { refusal } from "./outcomes.ts";
import { scriptedInstance } from "./scripted-instance.ts";
import { hangs, hangsUntilAborted } from "./scripted-source.ts";

type Instance = ReturnType<typeof scriptedInstance>;

/** Asks, waits so long, and leaves: again and again, for so long. */
async function leaveAgainAndAgain({ secrets, clock }: Instance, patienceMs: number, forMs: number, refresh = false) {
  const codes = new Set<string>();
  for (let passed = 0; passed < forMs; passed += patienceMs) {
    const caller = new AbortController();
    const error = refusal(secrets.getSecret("db", { signal: caller.signal, refresh }));
    await clock.advance(patienceMs);
    caller.abort();
    codes.add((await error).code);
  }
  return codes;
}

describe("a caller who leaves in a loop", () => {
  test.each([false, true])("makes a call a second in the end (refresh: %s)", async (refresh) => {
    const instance = scriptedInstance(hangsUntilAborted);
    const start = instance.clock.now();
    await leaveAgainAndAgain(instance, 10, 5000, refresh);
    const at = instance.source.calls.map((call) => call.at - start);
    expect(at.slice(0, 2)).toEqual([0, 10]);
    expect(at.length).toBeLessThan(10);
    expect((at.at(-1) ?? 0) - (at.at(-2) ?? 0)).toBeGreaterThanOrEqual(1000);
    // One attempt is heard out.
    await instance.clock.advance("3s");
    instance.clock.assertIdle();
  });
});

describe("a store that hangs behind callers of little patience", () => {
  test("is found out: one attempt is heard out, and then the callers are told", async () => {
    const instance = scriptedInstance(hangs);
    const codes = await leaveAgainAndAgain(instance, 500, 20_000);
    expect([...codes].sort()).toEqual(["aborted", "timeout"]);
    expect(instance.source.calls.length).toBeLessThan(20);
    expect(instance.secrets.status()[0]?.failure).toBe("timeout");
    await instance.clock.advance("3s");
    instance.clock.assertIdle();
  });

  test("but not one that has answered meanwhile", async () => {
    const instance = scriptedInstance(({ ref }) =>
      ref.name === "well" ? Promise.resolve({ payload: "value" }) : hangs(),
    );
    for (let round = 0; round < 20; round += 1) {
      await leaveAgainAndAgain(instance, 500, 2500);
      await instance.secrets.getSecret("well", { refresh: true });
    }
    for (const { context } of instance.source.calls.filter(({ ref }) => ref.name === "db")) {
      expect(context.signal.aborted).toBe(true);
    }
    expect((await instance.secrets.getSecret("well")).stale).toBeUndefined();
    instance.clock.assertIdle();
  });

  test("is not heard out where a call mints, nor after close", async () => {
    const instance = scriptedInstance(hangs);
    await leaveAgainAndAgain(instance, 500, 5000);
    expect(instance.source.calls.some(({ context }) => !context.signal.aborted)).toBe(true);
    await instance.secrets.close();
    expect(instance.source.calls.every(({ context }) => context.signal.aborted)).toBe(true);
    instance.clock.assertIdle();
  });
});
