import type { SecretsErrorCode } from "../errors/error-code.ts";
import { Flight } from "../fetch/flight.ts";
import { waitBetweenCalls, waitWithinLease } from "../policy/backoff.ts";
import { policyDefaults } from "../policy/defaults.ts";
import { isAbsence } from "../policy/failure-class.ts";
import { type Lifetime, lifetime } from "../policy/freshness.ts";
import { leaseLifetime } from "../policy/lease-terms.ts";
import { firstRefreshAfter, refreshAfter } from "../policy/refresh-point.ts";
import type { Failed } from "../state/entry-event.ts";
import { heldOf, troubleOf } from "../state/entry-state.ts";
import type { Setback } from "../state/setback.ts";
import { abandon, untilSpaced } from "./abandoned.ts";
import type { Arrival } from "./arrival.ts";
import { bring } from "./bring.ts";
import type { Departure } from "./departure.ts";
import type { Engine } from "./engine.ts";
import type { Entry } from "./entry.ts";
import type { Errand } from "./errand.ts";
import { landLease, outgoingLease } from "./land-lease.ts";
import { withReplaced } from "./last-good.ts";
import { isMereAbsence } from "./mere-absence.ts";
import { about, tellOutOfBudget, tellRefused } from "./tell.ts";
import { verifyFailed } from "./vet.ts";

let flights = 0;

/** Starts the entry's one call, and brings what it gives into the entry's state. */
export function fly(engine: Engine, entry: Entry, errand: Errand): Flight<Arrival> {
  flights += 1;
  const departure: Departure = {
    flight: flights,
    startedAt: engine.time.precise(),
    outOfTurn: errand.bypassCaches,
  };
  entry.dispatch({ kind: "started", flight: departure.flight });
  engine.store.keep(entry);
  let begunAt: number | undefined;
  const flight: Flight<Arrival> = new Flight(
    async (signal) => {
      const distance = untilSpaced(engine, entry, signal);
      if (distance !== undefined) await distance;
      begunAt = distance === undefined ? departure.startedAt : engine.time.precise();
      const arrival = await bring(engine, entry, errand, signal, departure);
      if (entry.flight === flight) land(engine, entry, departure, arrival);
      return arrival;
    },
    () => {
      if (begunAt !== undefined) abandon(entry, begunAt);
      end(engine, entry, departure.flight);
    },
  );
  entry.flight = flight;
  // What it makes is made, whether or not anybody waits: an answer that nobody takes is a credential lost.
  if (heldOf(entry.state)?.life.leased || entry.lane.mints(entry.ref)) flight.keep();
  return flight;
}

function land(engine: Engine, entry: Entry, departure: Departure, arrival: Arrival): void {
  if (arrival.kind === "record") landRecord(engine, entry, departure, arrival);
  else if (arrival.kind === "confirmed") landConfirmed(engine, entry, departure, arrival.changesInMs);
  else if (arrival.kind === "renewed") landLife(engine, entry, departure, arrival.life);
  else if (isNews(arrival)) landFailure(engine, entry, departure, arrival);
  entry.abandoned = undefined;
  end(engine, entry, departure.flight);
}

/** A known outage is the lane's, and the entry's own backoff has nothing to count. */
function isNews({ failure, turnedAway }: Extract<Arrival, { kind: "failure" }>): boolean {
  if (failure.failure === "mint-budget-exhausted") return true;
  return !turnedAway && failure.failure !== "aborted";
}

/** Also where it has landed: then the state does not care. */
function end(engine: Engine, entry: Entry, flight: number): void {
  entry.dispatch({ kind: "ended", flight });
  entry.flight = undefined;
  engine.store.release(entry);
}

function landRecord(
  engine: Engine,
  entry: Entry,
  on: Departure,
  { record, loaded, attempts, refused, askedAt, grant }: Extract<Arrival, { kind: "record" }>,
): void {
  const { policy } = entry.lane;
  const held = heldOf(entry.state);
  const before = held?.record;
  const refreshAfterMs = (before === undefined || on.outOfTurn ? firstRefreshAfter : refreshAfter)(
    policy.ttlMs,
    engine.random,
  );
  const life =
    grant === undefined
      ? lifetime(record, policy, on.startedAt, refreshAfterMs, before?.isSameVersion(loaded) ? held?.life : undefined)
      : leaseLifetime(askedAt, grant.spanMs, engine.random);
  const code = spellOf(entry);
  const outgoing = outgoingLease(engine, entry);
  if (held !== undefined && !loaded.isSameVersion(held.record)) {
    const replaced = { loaded: held.record, staleUntil: held.life.staleUntil };
    entry.earlier = withReplaced(entry.earlier, replaced, engine.time.precise());
  }
  entry.forgetTold(loaded);
  if (refused === undefined && !before?.isSameVersion(loaded)) entry.refusal = undefined;
  const besides = refused && landedRefusal(engine, entry);
  entry.dispatch({
    kind: "loaded",
    flight: on.flight,
    held: { record: loaded, life, pastCaches: on.outOfTurn },
    ...(besides && { besides }),
  });
  const said = about(engine, entry);
  const { version, requestId } = record;
  engine.tell({ ...said, type: "loaded", version, requestId, attempts, durationMs: sinceStart(engine, on) });
  if (before !== undefined && !loaded.isSameVersion(before)) {
    engine.tell({ ...said, type: "rotated", version, previousVersion: before.version });
  }
  landLease(engine, entry, grant, record.lease?.renewable === true, outgoing);
  if (refused !== undefined) tellRefused(engine, entry, refused);
  else if (code !== undefined) engine.tell({ ...said, type: "recovered", code });
  for (const message of record.warnings ?? []) engine.tell({ ...said, type: "warning", message });
}

/** What stands in for a refused version has landed, and the refusal with it. */
function landedRefusal({ time }: Engine, entry: Entry): Failed {
  const at = time.precise();
  return { failure: verifyFailed, at, waitMs: waitAfterRefusal(entry, at) };
}

function landConfirmed(engine: Engine, entry: Entry, on: Departure, changesInMs: number | undefined): void {
  const { policy } = entry.lane;
  const known = changesInMs === undefined ? { payload: "" } : { payload: "", changesInMs };
  const refreshAfterMs = refreshAfter(policy.ttlMs, engine.random);
  landLife(engine, entry, on, lifetime(known, policy, on.startedAt, refreshAfterMs, heldOf(entry.state)?.life));
}

function landLife(engine: Engine, entry: Entry, on: Departure, life: Lifetime): void {
  const code = spellOf(entry);
  entry.forgetTold(heldOf(entry.state)?.record);
  entry.dispatch({ kind: "confirmed", flight: on.flight, life });
  if (code !== undefined) engine.tell({ ...about(engine, entry), type: "recovered", code });
}

/** What the entry has been suffering from, if it has. */
function spellOf(entry: Entry): SecretsErrorCode | undefined {
  const trouble = troubleOf(entry.state)?.failure.failure;
  const failed = trouble === undefined || isMereAbsence(entry, trouble) ? undefined : trouble;
  return failed ?? entry.told.stale ?? entry.told.expired;
}

function landFailure(
  engine: Engine,
  entry: Entry,
  on: Departure,
  { failure, attempts, refused }: Extract<Arrival, { kind: "failure" }>,
): void {
  const code = failure.failure;
  const before = troubleOf(entry.state);
  const at = engine.time.precise();
  if (refused !== undefined) {
    tellRefused(engine, entry, refused);
    entry.dispatch({ kind: "failed", flight: on.flight, failure, at, waitMs: waitAfterRefusal(entry, at) });
    return;
  }
  const waitMs = waitAfter(engine, entry, failure, (before?.calls ?? 0) + 1);
  const isMere = isMereAbsence(entry, code);
  if (isAbsence(code) && !isMere) entry.told = { ...entry.told, gone: true };
  entry.dispatch({ kind: "failed", flight: on.flight, failure, at, waitMs });
  const durationMs = sinceStart(engine, on);
  const said = { ...about(engine, entry), code, attempts, durationMs, nextTryInMs: waitMs };
  engine.tell(isMere ? { ...said, type: "absent" } : { ...said, type: "refresh-failed" });
  if (code === "mint-budget-exhausted" && before?.failure.failure !== code)
    tellOutOfBudget(engine, entry, failure.advice);
}

function waitAfter({ time, random }: Engine, { state }: Entry, failure: Setback, calls: number): number {
  const code = failure.failure;
  if (code === "mint-budget-exhausted") return failure.retryAfterMs ?? policyDefaults.mintWindowMs;
  const waitMs = isAbsence(code) ? policyDefaults.notFoundMs : waitBetweenCalls(calls, failure, random);
  const life = heldOf(state)?.life;
  return life?.leased ? waitWithinLease(waitMs, failure, life.staleUntil - time.precise()) : waitMs;
}

/** The hooks have their own schedule, however often the store is looked at meanwhile. */
function waitAfterRefusal({ refusal }: Entry, now: number): number {
  return Math.max(policyDefaults.backoffShortestMs, (refusal?.until ?? now) - now);
}

function sinceStart({ time }: Engine, { startedAt }: Departure): number {
  return time.precise() - startedAt;
}
