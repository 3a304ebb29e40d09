import { expect, test } from "vitest";
import { scriptedSource } from "./scripted-source.ts";
import { bins, distances, names, seededInstance, tallying } from "./steady-readers.ts";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const ttlMs = 5 * minute;

/** A thousand secrets, each read every ten seconds. What they may be served lasts longer than the outage. */
function makeReaders() {
  const made = seededInstance(
    (clock) => scriptedSource(({ ref }) => Promise.resolve({ payload: ref.name }), { clock }),
    { maxStaleMs: 2 * hour },
  );
  const all = names(1000);
  const start = made.clock.now();
  const read = async (ms: number) => {
    const { tally, count } = tallying();
    for (let passed = 0; passed < ms; passed += second) {
      const turn = (passed / second) % 10;
      for (let index = turn; index < all.length; index += 10) count(made.secrets.getSecret(all[index] ?? ""));
      await made.clock.advance(second);
    }
    return tally;
  };
  return {
    ...made,
    read,
    now: () => made.clock.now() - start,
    at: () => made.source.calls.map((call) => call.at - start),
  };
}

test("in an hour of outage a thousand secrets are served, with one call per backoff step; after it they spread", async () => {
  const { source, read, now, at } = makeReaders();
  const well = ({ ref }: { ref: { name: string } }) => Promise.resolve({ payload: ref.name });
  expect(await read(20 * minute)).toMatchObject({ stale: {}, failed: {} });

  const down = now();
  source.script({ failure: "unavailable" });
  const during = await read(hour);
  expect(during.failed).toEqual({});
  expect(Object.keys(during.stale)).toEqual(["unavailable"]);
  const tries = at().filter((moment) => moment >= down);
  // Found by the attempts of the calls that were under way; the tries come on the schedule of one backoff.
  const found = tries.filter((moment) => moment < down + 2 * second);
  expect(found.length).toBeGreaterThanOrEqual(3);
  expect(found.length).toBeLessThanOrEqual(24);
  const later = tries.slice(found.length);
  // Full jitter up to a minute: one in half a minute, and the first few closer together.
  expect(later.length).toBeGreaterThan(80);
  expect(later.length).toBeLessThan(180);
  expect(Math.max(...distances(later))).toBeLessThanOrEqual(61 * second);
  expect(Math.max(...bins(later, down, down + hour, second))).toBeLessThanOrEqual(1);

  source.script(well);
  const up = now();
  const after = await read(3 * ttlMs);
  expect(after.failed).toEqual({});
  const back = at().find((moment) => moment >= up) ?? 0;
  expect(back - up).toBeLessThanOrEqual(61 * second);
  const refreshes = at().filter((moment) => moment >= back);
  const perBin = bins(refreshes, back, back + 2 * ttlMs, 10 * second);
  const mean = perBin.reduce((sum, count) => sum + count, 0) / perBin.length;
  expect(mean).toBeGreaterThan(30);
  expect(Math.max(...perBin) / mean).toBeLessThanOrEqual(2);
  expect(Math.min(...perBin.slice(0, 30))).toBeGreaterThan(0);
});

test("once they have had their turn nothing is stale any more", async () => {
  const { source, read } = makeReaders();
  await read(10 * minute);
  source.script({ failure: "unavailable" });
  await read(20 * minute);
  source.script(({ ref }) => Promise.resolve({ payload: ref.name }));
  const turns = await read(2 * minute + ttlMs);
  expect(turns.failed).toEqual({});
  expect(turns.stale.unavailable).toBeGreaterThan(1000);
  expect(await read(ttlMs)).toMatchObject({ stale: {}, failed: {} });
});

test("a cold start into an outage: the attempts of eight calls, then one per backoff step, and one reason for all", async () => {
  const { source, read, clock, at } = makeReaders();
  source.script({ failure: "unavailable" });
  const tally = await read(10 * minute);
  expect(tally).toEqual({ fresh: 0, stale: {}, failed: { unavailable: 60_000 } });
  const found = at().filter((moment) => moment < second);
  expect(found.length).toBeLessThanOrEqual(24);
  expect(at().length - found.length).toBeLessThan(45);
  clock.assertIdle();
});
