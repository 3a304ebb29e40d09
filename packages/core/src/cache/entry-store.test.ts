import { describe, expect, test } from "vitest";
import { seededRandom } from "../../test/seeded-random.ts";
import { Lane } from "../fetch/lane.ts";
import type { SecretRecord } from "../source/secret-record.ts";
import { heldOf } from "../state/entry-state.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { InstanceTime } from "../time/instance-time.ts";
import type { Engine } from "./engine.ts";
import { Entry } from "./entry.ts";
import { EntryStore } from "./entry-store.ts";
import { Loaded } from "./loaded.ts";

const lane = new Lane("lane", [], new Set(), { ttlMs: 300_000, maxStaleMs: 3_600_000 });
const life = { askedAt: 0, loadedAt: 0, refreshAt: 1, freshUntil: 2, staleUntil: 3, patient: true };

function makeStore(limits: { maxEntries?: number; maxBytes?: number } = {}) {
  const store = new EntryStore({ maxEntries: limits.maxEntries ?? 3, maxBytes: limits.maxBytes ?? 1_000_000 });
  const clock = virtualClock();
  const engine: Engine = {
    clock,
    time: new InstanceTime(clock),
    random: seededRandom(1),
    store,
    leases: { arriving: () => true, left() {}, nextEndMs: () => 0, granted() {}, retired() {}, passBy() {} },
    closing: new AbortController().signal,
    tell: () => {},
  };
  let flight = 0;

  function depart(name: string): Entry {
    const entry = store.get(name) ?? new Entry(name, lane, { name, version: "current" });
    flight += 1;
    entry.dispatch({ kind: "started", flight });
    store.keep(entry);
    return entry;
  }

  function land(entry: Entry, payload: SecretRecord["payload"]): void {
    const record = new Loaded(entry.ref.name, { payload }, 0, engine, undefined);
    entry.dispatch({ kind: "loaded", flight, held: { record, life } });
    store.release(entry);
  }

  function fail(name: string): void {
    const entry = depart(name);
    const failure = { failure: "not-found" } as const;
    entry.dispatch({ kind: "failed", flight, failure, at: 0, waitMs: 10_000 });
    store.release(entry);
  }

  const load = (name: string, payload: SecretRecord["payload"] = "value") => {
    const entry = depart(name);
    land(entry, payload);
    return entry;
  };
  return { store, depart, land, load, fail, names: () => [...store.all()].map(({ key }) => key).sort() };
}

test("keeps so many, and lets go of the one that was used longest ago", () => {
  const { store, load, names } = makeStore();
  for (const name of ["a", "b", "c"]) load(name);
  store.get("a");
  load("d");
  expect(names()).toEqual(["a", "c", "d"]);
  expect(store.get("b")).toBeUndefined();
});

describe("bytes", () => {
  test("count as UTF-8, and a larger payload pushes out as many as it needs room", () => {
    const { load, names } = makeStore({ maxEntries: 100, maxBytes: 100 });
    for (const name of ["a", "b", "c"]) load(name, "é".repeat(15));
    expect(names()).toEqual(["a", "b", "c"]);
    load("d", new Uint8Array(30));
    expect(names()).toEqual(["b", "c", "d"]);
    load("e", "x".repeat(60));
    expect(names()).toEqual(["d", "e"]);
  });

  test("are counted anew when a payload has changed", () => {
    const { load, names } = makeStore({ maxEntries: 100, maxBytes: 100 });
    load("a", "x");
    load("b", "x");
    load("a", "x".repeat(90));
    expect(names()).toEqual(["a", "b"]);
    load("b", "x".repeat(20));
    expect(names()).toEqual(["b"]);
    for (let again = 0; again < 50; again += 1) load("b", "x".repeat(20));
    load("c", "x".repeat(70));
    expect(names()).toEqual(["b", "c"]);
  });

  test("of one that is larger than all of it: it is not kept, and pushes nobody out", () => {
    const { load, names } = makeStore({ maxBytes: 100 });
    load("a", "x");
    load("large", "x".repeat(100));
    expect(names()).toEqual(["a"]);
  });
});

describe("entries that hold nothing", () => {
  test("push out no record, and each other in the order of their use", () => {
    const { store, load, fail, names } = makeStore();
    for (const name of ["a", "b", "c"]) load(name);
    for (const name of ["x1", "x2", "x3"]) fail(name);
    store.get("x1");
    fail("x4");
    expect(names()).toEqual(["a", "b", "c", "x1", "x3", "x4"]);
  });

  test("are not pushed out by records, and move to them with their first one", () => {
    const { load, fail, names } = makeStore();
    fail("x");
    for (const name of ["a", "b", "c", "d"]) load(name);
    expect(names()).toEqual(["b", "c", "d", "x"]);
    load("x");
    expect(names()).toEqual(["c", "d", "x"]);
  });
});

test("the records that readers fall back to count as well", () => {
  const { load, names } = makeStore({ maxBytes: 100 });
  load("small", "x".repeat(20));
  const entry = load("a", "x".repeat(30));
  const held = heldOf(entry.state);
  if (held !== undefined) entry.earlier = [{ loaded: held.record, staleUntil: 3 }];
  load("a", "x".repeat(60));
  expect(names()).toEqual(["a"]);
});

describe("a call under way", () => {
  test("keeps its entry, whatever else comes and goes", () => {
    const { store, depart, land, load, names } = makeStore();
    load("flying");
    const entry = depart("flying");
    for (const name of ["a", "b", "c", "d"]) load(name);
    expect(store.get("flying")).toBe(entry);
    expect(names()).toEqual(["b", "c", "d", "flying"]);
    land(entry, "new");
    expect(store.get("flying")).toBe(entry);
    expect(names()).toEqual(["c", "d", "flying"]);
  });

  test("shows its entry once", () => {
    const { depart, load, names } = makeStore();
    load("a");
    depart("a");
    expect(names()).toEqual(["a"]);
  });
});

describe("an entry that is pinned", () => {
  test("is kept and does not count, until nobody pins it any more", () => {
    const { store, load, names } = makeStore();
    const pinned = load("pinned");
    store.pin(pinned);
    store.pin(pinned);
    for (const name of ["a", "b", "c"]) load(name);
    expect(names()).toEqual(["a", "b", "c", "pinned"]);
    load("pinned");
    expect(names()).toEqual(["a", "b", "c", "pinned"]);
    store.unpin(pinned);
    expect(names()).toEqual(["a", "b", "c", "pinned"]);
    store.unpin(pinned);
    expect(names()).toEqual(["b", "c", "pinned"]);
  });

  test("may be pinned before it was ever loaded", () => {
    const { store, depart, land, load, names } = makeStore();
    const entry = depart("pinned");
    store.pin(entry);
    land(entry, "value");
    for (const name of ["a", "b", "c"]) load(name);
    expect(names()).toEqual(["a", "b", "c", "pinned"]);
  });
});

test("a store that was cleared holds nothing, also after what was under way has ended", () => {
  const { store, depart, load, names } = makeStore();
  load("a");
  const entry = depart("b");
  store.clear();
  store.release(entry);
  expect(names()).toEqual([]);
});
