import { describe, expect, test } from "vitest";
import { entryEvents, entryPair, entryStates, impossibleForEntries } from "../../test/model/impossible-pairs.ts";
import type { Lifetime } from "../policy/freshness.ts";
import type { EntryEvent } from "./entry-event.ts";
import { type EntryState, emptyEntry, type Held, type Trouble } from "./entry-state.ts";
import { reduceEntry } from "./reduce-entry.ts";

const life: Lifetime = { askedAt: 0, loadedAt: 0, refreshAt: 8, freshUntil: 10, staleUntil: 100, patient: true };
const later: Lifetime = { askedAt: 5, loadedAt: 5, refreshAt: 13, freshUntil: 15, staleUntil: 105, patient: true };
const old: Held<string> = { record: "old", life };
const young: Held<string> = { record: "new", life };
const outage: Trouble = { failure: { failure: "timeout" }, at: 5, calls: 2, nextTryAt: 9, refusal: undefined };

const states: Record<EntryState<string>["kind"], EntryState<string>> = {
  empty: emptyEntry,
  loading: { kind: "loading", flight: 1, trouble: undefined },
  failed: { kind: "failed", trouble: outage },
  held: { kind: "held", held: old },
  refreshing: { kind: "refreshing", held: old, flight: 1, trouble: undefined },
  troubled: { kind: "troubled", held: old, trouble: outage },
};

const failure = { failure: "unavailable" } as const;
const events: Record<EntryEvent<string>["kind"], EntryEvent<string>> = {
  started: { kind: "started", flight: 1 },
  loaded: { kind: "loaded", flight: 1, held: young },
  confirmed: { kind: "confirmed", flight: 1, life: later },
  curtailed: { kind: "curtailed", flight: 1, life: later },
  failed: { kind: "failed", flight: 1, failure, at: 20, waitMs: 7 },
  ended: { kind: "ended", flight: 1 },
};

const first: Trouble = { failure, at: 20, calls: 1, nextTryAt: 27, refusal: undefined };

/** What happens on what. Everything else leaves the state as it is. */
const moves: Record<string, EntryState<string>> = {
  "empty × started": states.loading,
  "failed × started": { kind: "loading", flight: 1, trouble: outage },
  "held × started": states.refreshing,
  "troubled × started": { kind: "refreshing", held: old, flight: 1, trouble: outage },
  "loading × loaded": { kind: "held", held: young },
  "refreshing × loaded": { kind: "held", held: young },
  "refreshing × confirmed": { kind: "held", held: { record: "old", life: later } },
  "refreshing × curtailed": { ...states.refreshing, held: { record: "old", life: later } } as EntryState<string>,
  "loading × failed": { kind: "failed", trouble: first },
  "refreshing × failed": { kind: "troubled", held: old, trouble: first },
  "loading × ended": emptyEntry,
  "refreshing × ended": states.held,
};

describe.each(entryStates)("%s", (kind) => {
  test.each(entryEvents)("× %s", (what) => {
    const state = states[kind];
    const event = events[what];
    const pair = entryPair(state, event);
    if (["loading × started", "refreshing × started", "loading × confirmed", "loading × curtailed"].includes(pair)) {
      expect(() => reduceEntry(state, event)).toThrow("impossible");
      return;
    }
    const next = reduceEntry(state, event);
    const expected = moves[pair];
    if (expected === undefined) expect(next).toBe(state);
    else expect(next).toEqual(expected);
    // What is declared impossible moves nothing, should it happen all the same.
    if (pair in impossibleForEntries) expect(expected).toBeUndefined();
  });
});

test.each(["loading", "refreshing"] as const)("%s: the landing of an older flight moves nothing", (kind) => {
  const state = states[kind];
  for (const what of ["loaded", "confirmed", "curtailed", "failed", "ended"] as const) {
    expect(reduceEntry(state, { ...events[what], flight: 0 })).toBe(state);
  }
});

test("a record that stands in for one that is not good is held, with the trouble of the other, which is tried again", () => {
  const verify = { failure: "verify-failed" } as const;
  const besides = { failure: verify, at: 20, waitMs: 7 };
  const event: EntryEvent<string> = { kind: "loaded", flight: 1, held: young, besides };
  const trouble: Trouble = { failure: verify, at: 20, calls: 1, nextTryAt: 27, refusal: undefined };
  for (const kind of ["loading", "refreshing"] as const) {
    expect(reduceEntry(states[kind], event)).toEqual({ kind: "troubled", held: young, trouble });
  }
});

test("a lease shortened while its credential is being replaced: the call goes on, the trouble stays", () => {
  const under = reduceEntry(states.troubled, events.started);
  const held = { record: "old", life: later };
  expect(reduceEntry(under, events.curtailed)).toEqual({ kind: "refreshing", held, flight: 1, trouble: outage });
});

test("the held version is confirmed: its life begins anew, and trouble is over", () => {
  const under = reduceEntry(states.troubled, events.started);
  expect(reduceEntry(under, events.confirmed)).toEqual({ kind: "held", held: { record: "old", life: later } });
  expect(() => reduceEntry(states.loading, events.confirmed)).toThrow("impossible");
  for (const kind of ["empty", "failed", "held", "troubled"] as const) {
    expect(reduceEntry(states[kind], events.confirmed)).toBe(states[kind]);
  }
});

describe("a flight that ends without a word of the store", () => {
  test.each(["failed", "troubled"] as const)("leaves %s as it was", (kind) => {
    const under = reduceEntry(states[kind], events.started);
    expect(reduceEntry(under, events.ended)).toEqual(states[kind]);
  });
});

describe("trouble", () => {
  const denied = { failure: "access-denied" } as const;

  function after(start: EntryState<string>, ...landings: [failure: Trouble["failure"], at: number][]) {
    return landings.reduce<EntryState<string>>((state, [what, at]) => {
      const under = reduceEntry(state, { kind: "started", flight: 1 });
      return reduceEntry(under, { kind: "failed", flight: 1, failure: what, at, waitMs: 100 });
    }, start);
  }

  test("counts the failures in a row, and a success ends it", () => {
    const state = after(states.held, [failure, 10], [denied, 20], [failure, 30]);
    expect(state).toMatchObject({ kind: "troubled", trouble: { calls: 3, at: 30, nextTryAt: 130, failure } });
    const again = reduceEntry(reduceEntry(state, events.started), events.loaded);
    expect(again).toEqual({ kind: "held", held: young });
  });

  test("keeps when the store's no was first seen, and the latest one", () => {
    const state = after(states.held, [denied, 1000], [{ failure: "deleted" }, 9000], [failure, 20_000]);
    expect(state).toMatchObject({
      kind: "troubled",
      trouble: { failure, refusal: { since: 1000, failure: { failure: "deleted" } } },
    });
  });

  test("30 s after the store's no was first seen the value is gone, also when the store cannot be reached then", () => {
    expect(after(states.held, [denied, 1000], [failure, 30_999]).kind).toBe("troubled");
    const gone = after(states.held, [denied, 1000], [failure, 31_000]);
    expect(gone.kind).toBe("failed");
    expect("held" in gone).toBe(false);
  });

  test("of an outage alone never takes the value away", () => {
    expect(after(states.held, [failure, 0], [failure, 10_000_000])).toMatchObject({ kind: "troubled", held: old });
  });

  test("of the store's own no never takes a credential away before its lease is over", () => {
    const leased: EntryState<string> = { kind: "held", held: { ...old, life: { ...life, leased: true } } };
    const denials = [20, 40_020].map((at): [Trouble["failure"], number] => [denied, at]);
    const short = after(leased, ...denials);
    expect(short.kind).toBe("failed");
    const long = { ...life, leased: true, staleUntil: 40_021 };
    expect(after({ kind: "held", held: { ...old, life: long } }, ...denials)).toMatchObject({ kind: "troubled" });
  });

  test("where there is no value is kept all the same", () => {
    expect(after(emptyEntry, [denied, 5], [failure, 6])).toMatchObject({
      kind: "failed",
      trouble: { calls: 2, refusal: { since: 5 } },
    });
  });
});
