import { expect, test } from "vitest";
import { reportingSource } from "../../test/reporting-source.ts";
import { throws } from "../../test/scripted-source.ts";
import { fallback } from "../built-in/fallback.ts";
import { createSecrets } from "../client/create-secrets.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import type { Duration } from "../time/duration.ts";

function reportingInstance(ttl: Duration = "5m") {
  const clock = virtualClock();
  const source = reportingSource({ payload: "one", version: "1" }, { clock });
  return { clock, source, secrets: createSecrets({ source, clock, ttl }) };
}

test("a report is looked at: the live secret follows without polling", async () => {
  const { clock, source, secrets } = reportingInstance();
  const live = await secrets.watchSecret("db");
  expect(source.watches.map(({ name }) => name)).toEqual(["db"]);
  await clock.advance("2s");
  source.script({ payload: "two", version: "2" });
  source.watches[0]?.report();
  await clock.settle();
  expect(live.current.reveal()).toBe("two");
  expect(source.calls.map(({ context }) => context.bypassCaches)).toEqual([false, true]);
  await secrets.close();
});

test("reports are debounced: one call a second, and the last report is looked at", async () => {
  const { clock, source, secrets } = reportingInstance();
  const live = await secrets.watchSecret("db");
  for (let report = 0; report < 5000; report += 1) {
    source.watches[0]?.report();
    if (report % 1000 === 999) await clock.advance("1s");
  }
  source.script({ payload: "last", version: "2" });
  source.watches[0]?.report();
  await clock.advance("2s");
  expect(live.current.reveal()).toBe("last");
  expect(source.calls.length).toBeLessThanOrEqual(8);
  const spacing = source.calls.slice(1).map(({ at }, index) => at - (source.calls[index]?.at ?? 0));
  expect(Math.min(...spacing)).toBeGreaterThanOrEqual(1000);
  await secrets.close();
});

test("watchers of one name share one watch; it is ended when the last of them goes", async () => {
  const { clock, source, secrets } = reportingInstance();
  const first = await secrets.watchSecret("db");
  const second = await secrets.watchSecret("db", { field: undefined, version: "previous" });
  expect(source.watches).toHaveLength(1);
  first.close();
  first.close();
  expect(source.watches[0]?.context.signal.aborted).toBe(false);
  second.close();
  expect(source.watches[0]?.context.signal.aborted).toBe(true);
  await clock.advance("5m");
  expect(source.watches).toHaveLength(1);
  clock.assertIdle();
});

test("a watch that ends is begun again, with longer and longer waits where it ends at once", async () => {
  const { clock, source, secrets } = reportingInstance();
  await secrets.watchSecret("db");
  for (let round = 0; round < 600; round += 1) {
    source.watches.at(-1)?.end(round % 2 === 0 ? undefined : new Error("the network"));
    await clock.advance("1s");
  }
  const begun = source.watches.map(({ at }) => at);
  const waits = begun.slice(1).map((at, index) => at - (begun[index] ?? 0));
  expect(begun.length).toBeGreaterThan(10);
  expect(begun.length).toBeLessThan(60);
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(1000);
  expect(Math.max(...waits)).toBeLessThanOrEqual(61_000);
  await secrets.close();
});

test("what was missed between the end and the new begin of a watch that worked is looked for", async () => {
  const { clock, source, secrets } = reportingInstance();
  const live = await secrets.watchSecret("db");
  await clock.advance("5s");
  source.watches[0]?.end();
  source.script({ payload: "missed", version: "2" });
  await clock.advance("3s");
  expect(source.watches).toHaveLength(2);
  expect(live.current.reveal()).toBe("missed");
  await secrets.close();
});

test("a watch that cannot work costs no reads", async () => {
  const { clock, source, secrets } = reportingInstance("7d");
  await secrets.watchSecret("db");
  for (let round = 0; round < 200; round += 1) {
    source.watches.at(-1)?.end();
    await clock.advance("1s");
  }
  expect(source.calls).toHaveLength(1);
  await secrets.close();
});

test("a watch that throws at once, and reports after its end, disturbs nobody", async () => {
  const { clock, source, secrets } = reportingInstance();
  Object.assign(source, { watch: throws(new Error("careless")) });
  const live = await secrets.watchSecret("db");
  await clock.advance("10s");
  expect(live.current.reveal()).toBe("one");
  await secrets.close();
  const other = reportingInstance();
  await other.secrets.watchSecret("db");
  await other.secrets.close();
  other.source.watches[0]?.report();
  await other.clock.advance("10s");
  expect(other.source.calls).toHaveLength(1);
  other.clock.assertIdle();
});

test("each member of a fallback that can watch is listened to", async () => {
  const clock = virtualClock();
  const members = [1, 2].map((version) => reportingSource({ payload: `${version}`, version: `${version}` }, { clock }));
  const [first, second] = members;
  if (first === undefined || second === undefined) throw new Error("two members");
  const secrets = createSecrets({ source: fallback([first, second]), clock });
  await secrets.watchSecret("db");
  expect(members.map(({ watches }) => watches.length)).toEqual([1, 1]);
  await clock.advance("2s");
  second.watches[0]?.report();
  await clock.settle();
  expect(first.calls).toHaveLength(2);
  await secrets.close();
  expect(members.every(({ watches }) => watches[0]?.context.signal.aborted)).toBe(true);
});

test("nobody watches: a source's watch is not begun for a reader", async () => {
  const { source, secrets } = reportingInstance();
  await secrets.getSecret("db");
  expect(source.watches).toHaveLength(0);
});
