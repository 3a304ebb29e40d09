import { expect, test, vi } from "vitest";
import { z } from "zod";
import { mockedInstance } from "../../test/mocked-instance.ts";
import { refusal, within } from "../../test/outcomes.ts";
import type { Secret } from "../secret/secret.ts";

const refuses = (...values: string[]) =>
  vi.fn((next: Secret<string>) => {
    if (values.includes(next.reveal())) throw new Error("login failed");
  });

test("a new version is seen by nobody before the hook has accepted it", async () => {
  const { clock, source, secrets } = mockedInstance();
  const verdict = Promise.withResolvers<void>();
  const live = await secrets.watchSecret("db", {
    verify: (next) => (next.version === "2" ? verdict.promise : undefined),
  });
  await clock.advance("2s");
  source.rotate("db", "two");
  secrets.hint("db");
  await clock.advance("9s");
  expect(live.current.reveal()).toBe("one");
  expect((await secrets.getSecret("db")).reveal()).toBe("one");
  verdict.resolve();
  await clock.settle();
  expect(live.current.reveal()).toBe("two");
  expect((await secrets.getSecret("db")).reveal()).toBe("two");
  await secrets.close();
});

test("a refused version is kept out, for getSecret too, and told once; the last good one is marked", async () => {
  const { clock, source, secrets, told } = mockedInstance();
  const verify = refuses("bad");
  const live = await secrets.watchSecret("db", { verify });
  source.rotate("db", "bad");
  await clock.advance("10m");
  expect([live.current.reveal(), live.current.stale]).toEqual(["one", "verify-failed"]);
  const read = await secrets.getSecret("db");
  expect([read.reveal(), read.stale]).toEqual(["one", "verify-failed"]);
  expect((await refusal(secrets.getSecret("db", { refresh: true }))).code).toBe("verify-failed");
  expect(told("rejected")).toEqual(["2 verify-failed"]);
  expect(secrets.health()).toMatchObject({ status: "degraded", problems: [{ code: "verify-failed" }] });
  // Tried again, on the error schedule.
  const tries = verify.mock.calls.filter(([next]) => next.reveal() === "bad").length;
  expect(tries).toBeGreaterThan(3);
  expect(tries).toBeLessThan(30);
  await secrets.close();
});

test("the refused version is served by nobody past maxStale of the last good one", async () => {
  const { clock, source, secrets } = mockedInstance({ db: "one" }, { ttl: "1m", maxStale: "4m" });
  const live = await secrets.watchSecret("db", { verify: refuses("bad") });
  await clock.advance("1s");
  source.rotate("db", "bad");
  await clock.advance("5m");
  await clock.advance("2m");
  expect((await refusal((async () => live.current)())).code).toBe("stale-limit");
  expect((await refusal(within(clock, "10s", secrets.getSecret("db")))).code).toBe("stale-limit");
  source.rotate("db", "good");
  await clock.advance("61s");
  expect(live.current.reveal()).toBe("good");
  await secrets.close();
});

test("another version is shown to the hook at once, within the wait of the refused one", async () => {
  const { clock, source, secrets } = mockedInstance();
  const verify = refuses("bad");
  const live = await secrets.watchSecret("db", { verify });
  source.rotate("db", "bad");
  await clock.advance("30m");
  source.rotate("db", "good");
  secrets.hint("db");
  await clock.advance("2s");
  expect([live.current.reveal(), live.current.stale]).toEqual(["good", undefined]);
  expect(secrets.health().status).toBe("ok");
  await secrets.close();
});

test("hints and forced refreshes do not show a refused version to the hook more often", async () => {
  const { clock, source, secrets } = mockedInstance();
  const verify = refuses("bad");
  await secrets.watchSecret("db", { verify });
  source.rotate("db", "bad");
  for (let second = 0; second < 300; second += 1) {
    for (let hint = 0; hint < 20; hint += 1) secrets.hint("db");
    await secrets.getSecret("db", { refresh: true }).catch(() => {});
    await clock.advance("1s");
  }
  const tries = verify.mock.calls.filter(([next]) => next.reveal() === "bad").length;
  expect(tries).toBeLessThan(30);
  expect(source.calls.length).toBeLessThan(310);
  await secrets.close();
});

test("a roll-back in the store is followed, also to a version that was held before", async () => {
  const { clock, source, secrets, told } = mockedInstance();
  const verify = refuses();
  const live = await secrets.watchSecret("db", { verify });
  source.rotate("db", "two");
  await clock.advance("5m");
  source.rollBack("db");
  await clock.advance("5m");
  expect([live.current.reveal(), live.current.version]).toEqual(["one", "1"]);
  expect(told("rotated")).toEqual(["2 -", "1 -"]);
  expect(verify.mock.calls.map(([next]) => next.version)).toEqual(["1", "2", "1"]);
  await secrets.close();
});

test("a refused version that is rolled back is forgotten as trouble, and not told again when it returns", async () => {
  const { clock, source, secrets, told } = mockedInstance();
  const live = await secrets.watchSecret("db", { verify: refuses("bad") });
  source.rotate("db", "bad");
  await clock.advance("6m");
  expect(live.current.stale).toBe("verify-failed");
  source.rollBack("db");
  await clock.advance("2m");
  expect([live.current.reveal(), live.current.stale]).toEqual(["one", undefined]);
  expect(secrets.health().status).toBe("ok");
  source.rollBack("db");
  await clock.advance("6m");
  expect(live.current.stale).toBe("verify-failed");
  expect(secrets.health().status).toBe("degraded");
  expect(told("rejected")).toEqual(["2 verify-failed"]);
  await secrets.close();
});

test("several hooks on one name: all must accept; who leaves has no say any more", async () => {
  const { clock, source, secrets } = mockedInstance();
  const first = await secrets.watchSecret("db", { verify: refuses("bad for the first") });
  const second = await secrets.watchSecret("db", { verify: refuses("bad for the second") });
  source.rotate("db", "bad for the second");
  await clock.advance("6m");
  expect(first.current.reveal()).toBe("one");
  second.close();
  await clock.advance("61s");
  expect(first.current.reveal()).toBe("bad for the second");
  await secrets.close();
});

test("a first value that is refused: pending, then previous, then an error", async () => {
  const pending = mockedInstance();
  pending.source.rotate("db", "bad");
  pending.source.stage("db", "to come");
  const live = await pending.secrets.watchSecret("db", { verify: refuses("bad") });
  expect([live.current.reveal(), live.current.version, live.current.stale]).toEqual(["to come", "3", "verify-failed"]);
  expect(pending.told("rejected")).toEqual(["2 verify-failed"]);
  expect((await pending.secrets.getSecret("db")).reveal()).toBe("to come");
  expect(pending.secrets.health().status).toBe("degraded");
  pending.source.promote("db");
  await pending.clock.advance("61s");
  expect([live.current.reveal(), live.current.stale]).toEqual(["to come", undefined]);

  const previous = mockedInstance();
  previous.source.rotate("db", "bad");
  previous.source.stage("db", "worse");
  const other = await previous.secrets.watchSecret("db", { verify: refuses("bad", "worse") });
  expect([other.current.reveal(), other.current.version, other.current.stale]).toEqual(["one", "1", "verify-failed"]);

  const neither = mockedInstance();
  const verify = refuses("one", "bad");
  neither.source.rotate("db", "bad");
  expect((await refusal(neither.secrets.watchSecret("db", { verify }))).code).toBe("verify-failed");
  expect(verify.mock.calls.map(([next]) => next.reveal())).toEqual(["bad", "one"]);
  // The watch that did not begin has no say: readers get what the store has.
  await neither.clock.advance("2s");
  expect((await neither.secrets.getSecret("db")).reveal()).toBe("bad");
  await Promise.all([pending, previous, neither].map(({ secrets }) => secrets.close()));
});

test("a value that was there before the hook is shown to it, and refused like a first one", async () => {
  const { source, secrets, asked } = mockedInstance();
  source.rotate("db", "bad");
  expect((await secrets.getSecret("db")).reveal()).toBe("bad");
  const live = await secrets.watchSecret("db", { verify: refuses("bad") });
  expect([live.current.reveal(), live.current.stale]).toEqual(["one", "verify-failed"]);
  expect((await secrets.getSecret("db")).reveal()).toBe("one");
  expect(
    asked()
      .filter((call) => call.startsWith("read"))
      .slice(0, 2),
  ).toEqual(["read current", "read current"]);
  await secrets.close();
});

test("a value that was there before and is accepted costs no call", async () => {
  const { secrets, source } = mockedInstance();
  await secrets.getSecret("db");
  const verify = refuses("bad");
  await secrets.watchSecret("db", { verify });
  expect(verify).toHaveBeenCalledTimes(1);
  expect(source.calls.filter(({ method }) => method === "read")).toHaveLength(1);
  await secrets.close();
});

test("a hook that hangs has refused after 10 s, and its signal says so", async () => {
  const { clock, source, secrets, told } = mockedInstance();
  const signals: AbortSignal[] = [];
  const live = await secrets.watchSecret("db", {
    verify: (next, { signal }) => {
      if (next.version === "1") return;
      signals.push(signal);
      return new Promise<void>(() => {});
    },
  });
  await clock.advance("2s");
  source.rotate("db", "two");
  secrets.hint("db");
  await clock.advance("9s");
  expect(told("rejected")).toEqual([]);
  await clock.advance("2s");
  expect(told("rejected")).toEqual(["2 verify-failed"]);
  expect(signals[0]?.aborted).toBe(true);
  expect(live.current.reveal()).toBe("one");
  await secrets.close();
  clock.assertIdle();
});

test("a schema gates its own caller: the others see the new version, and the hook is not shown what it cannot read", async () => {
  const { clock, source, secrets, told } = mockedInstance({ db: { user: "a" } });
  const schema = z.object({ user: z.string() });
  const verify = vi.fn();
  const live = await secrets.watchSecret("db", { schema, verify });
  source.rotate("db", { name: "b" });
  await clock.advance("5m");
  expect([live.current.reveal(), live.current.stale]).toEqual([{ user: "a" }, "validation-failed"]);
  expect((await secrets.getSecret("db", { as: "json" })).reveal()).toEqual({ name: "b" });
  const own = await secrets.getSecret("db", { schema });
  expect([own.reveal(), own.stale]).toEqual([{ user: "a" }, "validation-failed"]);
  expect(verify).toHaveBeenCalledTimes(1);
  expect(told("rejected")).toEqual(["2 validation-failed"]);
  await secrets.close();
});
