import { expect, test } from "vitest";
import { mockedInstance } from "../../test/mocked-instance.ts";
import { scriptedInstance } from "../../test/scripted-instance.ts";
import { gate } from "../../test/scripted-source.ts";

const spacing = (times: readonly number[]) => times.slice(1).map((at, index) => at - (times[index] ?? 0));

test("a hint is looked at at once", async () => {
  const { clock, source, secrets } = mockedInstance();
  await secrets.getSecret("db");
  await clock.advance("2s");
  source.rotate("db", "two");
  secrets.hint("db");
  await clock.settle();
  expect((await secrets.getSecret("db")).reveal()).toBe("two");
  expect(source.calls).toHaveLength(2);
  await secrets.close();
});

test("a flood of 10,000 hints a second costs at most one call a second and entry, also in an outage", async () => {
  const { clock, source, secrets } = mockedInstance({ db: "one" }, { batch: false });
  source.rotate("db", "two");
  await Promise.all([secrets.watchSecret("db"), secrets.getSecret("db", { version: "previous" })]);
  for (let second = 0; second < 60; second += 1) {
    if (second === 20) source.failAll("unavailable");
    if (second === 40) source.restore();
    for (let hundredth = 0; hundredth < 100; hundredth += 1) {
      for (let hint = 0; hint < 100; hint += 1) secrets.hint("db");
      await clock.advance("10ms");
    }
  }
  for (const stage of ["current", "previous"]) {
    const calls = source.calls.filter(({ version }) => version === stage);
    const well = calls.filter(({ at }) => at - (source.calls[0]?.at ?? 0) < 20_000).map(({ at }) => at);
    expect(Math.min(...spacing(well))).toBeGreaterThanOrEqual(1000);
    expect(well.length).toBeGreaterThan(15);
  }
  // In the outage: its own tries, at most one per backoff step, and none of a hint's.
  const out = source.calls.filter(({ at }) => {
    const since = at - (source.calls[0]?.at ?? 0);
    return since >= 20_000 && since < 40_000;
  });
  expect(out.length).toBeLessThan(20);
  await secrets.close();
}, 60_000);

test("a hint for several stages that nobody watches, before any of them may be asked, comes to an end", async () => {
  const { clock, source, secrets } = mockedInstance({ db: "one" }, { batch: false });
  source.rotate("db", "two");
  source.stage("db", "three");
  const stages = ["current", "previous", "pending"] as const;
  await Promise.all(stages.map((version) => secrets.getSecret("db", { version })));
  secrets.hint("db");
  secrets.hint("db");
  await clock.advance("2s");
  expect(source.calls).toHaveLength(6);
  await secrets.close();
});

test("a hint while a call is under way is not lost: that call may have been answered before the change", async () => {
  const early = gate({ payload: "one", version: "1" });
  const { clock, source, secrets } = scriptedInstance(early.reply);
  const watching = secrets.watchSecret("db");
  await clock.settle();
  source.script({ payload: "two", version: "2" });
  secrets.hint("db");
  early.open();
  const live = await watching;
  expect(live.current.reveal()).toBe("one");
  await clock.advance("2s");
  expect(live.current.reveal()).toBe("two");
  expect(source.calls).toHaveLength(2);
  await secrets.close();
});

test("a hint is not needed any more where the store was asked since", async () => {
  const { clock, source, secrets } = mockedInstance();
  await secrets.getSecret("db");
  secrets.hint("db");
  await clock.advance("500ms");
  await clock.advance("499ms");
  source.rotate("db", "two");
  await secrets.getSecret("db", { maxAge: "0s" });
  await clock.advance("10s");
  expect(source.calls).toHaveLength(2);
  await secrets.close();
});

test("`rejected` of another version than the held one asks nothing", async () => {
  const { clock, source, secrets } = mockedInstance();
  source.rotate("db", "two");
  await secrets.getSecret("db");
  await clock.advance("2s");
  secrets.hint("db", { rejected: "1" });
  await clock.advance("2s");
  expect(source.calls).toHaveLength(1);
  secrets.hint("db", { rejected: "2" });
  await clock.settle();
  expect(source.calls).toHaveLength(2);
  await secrets.close();
});

test("nothing happens for a secret that nobody has asked for, or that mints, or after close()", async () => {
  const { clock, source, secrets } = mockedInstance();
  secrets.hint("db");
  await clock.advance("5s");
  expect(source.calls).toHaveLength(0);
  clock.assertIdle();
  await secrets.close();
  secrets.hint("db");
  clock.assertIdle();
});

test("`spread` parts the looks of a fleet over its time; without it all look at once", async () => {
  const looksOf = async (spread: "30s" | undefined) => {
    const times: number[] = [];
    for (let process = 0; process < 40; process += 1) {
      const { clock, source, secrets } = mockedInstance({ db: "one" }, { ttl: "1h" });
      await secrets.getSecret("db");
      await clock.advance("5s");
      const hinted = clock.monotonic();
      secrets.hint("db", { spread });
      for (let second = 0; second < 35 && source.calls.length < 2; second += 1) await clock.advance("1s");
      times.push(clock.monotonic() - hinted);
      expect(source.calls).toHaveLength(2);
      await secrets.close();
    }
    return times;
  };
  expect(Math.max(...(await looksOf(undefined)))).toBeLessThanOrEqual(1000);
  const spread = await looksOf("30s");
  expect(Math.max(...spread)).toBeLessThanOrEqual(31_000);
  expect(new Set(spread).size).toBeGreaterThan(10);
});
