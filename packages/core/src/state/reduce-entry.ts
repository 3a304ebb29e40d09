import { mayServeStale } from "../policy/failure-class.ts";
import type { Lifetime } from "../policy/freshness.ts";
import { assertNever } from "../util/assert-never.ts";
import type { EntryEvent, Failed } from "./entry-event.ts";
import { type EntryState, emptyEntry, type Held, type Trouble, troubleOf } from "./entry-state.ts";
import { surfaced } from "./surfaced.ts";

/** What happens on what. No effects, no clock: an event brings the time it needs. */
export function reduceEntry<Record>(state: EntryState<Record>, event: EntryEvent<Record>): EntryState<Record> {
  switch (event.kind) {
    case "started":
      return started(state, event.flight);
    case "loaded":
      return isUnderWay(state, event.flight) ? loaded(event.held, event.besides) : state;
    case "confirmed":
      return isUnderWay(state, event.flight) ? confirmed(state, event.life) : state;
    case "curtailed":
      return isUnderWay(state, event.flight) ? curtailed(state, event.life) : state;
    case "failed":
      return isUnderWay(state, event.flight) ? failed(state, event) : state;
    case "ended":
      return isUnderWay(state, event.flight) ? ended(state) : state;
    default:
      return assertNever(event);
  }
}

type UnderWay<Record> = Extract<EntryState<Record>, { kind: "loading" | "refreshing" }>;

/** False for the landing of a flight that was given up: a newer one may have landed since. */
function isUnderWay<Record>(state: EntryState<Record>, flight: number): state is UnderWay<Record> {
  return "flight" in state && state.flight === flight;
}

function started<Record>(state: EntryState<Record>, flight: number): EntryState<Record> {
  switch (state.kind) {
    case "empty":
    case "failed":
      return { kind: "loading", flight, trouble: troubleOf(state) };
    case "held":
    case "troubled":
      return { kind: "refreshing", held: state.held, flight, trouble: troubleOf(state) };
    case "loading":
    case "refreshing":
      throw new TypeError("impossible: an entry has one flight at a time");
    default:
      return assertNever(state);
  }
}

function loaded<Record>(held: Held<Record>, besides: Failed | undefined): EntryState<Record> {
  return besides === undefined
    ? { kind: "held", held }
    : { kind: "troubled", held, trouble: nextTrouble(undefined, besides) };
}

function confirmed<Record>(state: UnderWay<Record>, life: Lifetime): EntryState<Record> {
  if (state.kind === "refreshing") return { kind: "held", held: { record: state.held.record, life } };
  throw new TypeError("impossible: where nothing is held, nothing can be confirmed");
}

function curtailed<Record>(state: UnderWay<Record>, life: Lifetime): EntryState<Record> {
  if (state.kind === "refreshing") return { ...state, held: { record: state.held.record, life } };
  throw new TypeError("impossible: where nothing is held, there is no lease");
}

function failed<Record>(
  state: UnderWay<Record>,
  event: Extract<EntryEvent<Record>, { kind: "failed" }>,
): EntryState<Record> {
  const trouble = nextTrouble(state.trouble, event);
  // Once the store's no has surfaced, the old value is gone for good: a later outage must not bring it back.
  if (state.kind === "loading" || surfaced(trouble, event.at, state.held.life)) return { kind: "failed", trouble };
  return { kind: "troubled", held: state.held, trouble };
}

function nextTrouble(before: Trouble | undefined, { failure, at, waitMs }: Failed): Trouble {
  const refusal = mayServeStale(failure.failure) ? before?.refusal : { failure, since: before?.refusal?.since ?? at };
  return { failure, at, calls: (before?.calls ?? 0) + 1, nextTryAt: at + waitMs, refusal };
}

function ended<Record>(state: UnderWay<Record>): EntryState<Record> {
  const { trouble } = state;
  if (state.kind === "loading") return trouble === undefined ? emptyEntry : { kind: "failed", trouble };
  return trouble === undefined ? { kind: "held", held: state.held } : { kind: "troubled", held: state.held, trouble };
}
