import { Flight } from "../fetch/flight.ts";
import type { Answer } from "../fetch/want.ts";
import { waitBetweenCalls } from "../policy/backoff.ts";
import { policyDefaults } from "../policy/defaults.ts";
import { isAbsence } from "../policy/failure-class.ts";
import { lifetime } from "../policy/freshness.ts";
import { firstRefreshAfter, refreshAfter } from "../policy/refresh-point.ts";
import type { SecretRecord } from "../source/secret-record.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import { heldOf, troubleOf } from "../state/entry-state.ts";
import type { Engine } from "./engine.ts";
import type { Entry } from "./entry.ts";
import { Loaded } from "./loaded.ts";
import { about } from "./tell.ts";

let flights = 0;

interface Departure {
  readonly flight: number;
  /** On the instance's time: ages count from the start of the request. */
  readonly startedAt: number;
  /** Wall clock. */
  readonly fetchedAt: number;
}

/** Starts the entry's one call, and brings its answer into the entry's state. */
export function fly(engine: Engine, entry: Entry, bypassCaches: boolean): Flight<Answer> {
  flights += 1;
  const departure = { flight: flights, startedAt: engine.time.precise(), fetchedAt: engine.clock.now() };
  entry.dispatch({ kind: "started", flight: departure.flight });
  engine.store.keep(entry);
  const flight: Flight<Answer> = new Flight(
    async (signal) => {
      const answer = await entry.lane.read(entry.ref, signal, bypassCaches);
      if (entry.flight === flight) land(engine, entry, departure, answer);
      return answer;
    },
    () => end(engine, entry, departure.flight),
  );
  entry.flight = flight;
  return flight;
}

function land(engine: Engine, entry: Entry, departure: Departure, arrived: Answer): void {
  entry.lane.note(arrived, engine.time.precise());
  const { answer } = arrived;
  if (answer.failure === undefined) landRecord(engine, entry, departure, answer, arrived.attempts);
  // A known outage is the lane's, and the entry's own backoff has nothing to count.
  else if (!arrived.turnedAway && answer.failure !== "aborted") landFailure(engine, entry, departure, answer, arrived);
  end(engine, entry, departure.flight);
}

/** Also where it has landed: then the state does not care. */
function end(engine: Engine, entry: Entry, flight: number): void {
  entry.dispatch({ kind: "ended", flight });
  entry.flight = undefined;
  engine.store.release(entry);
}

function landRecord(engine: Engine, entry: Entry, on: Departure, record: SecretRecord, attempts: number): void {
  const { policy } = entry.lane;
  const before = heldOf(entry.state)?.record;
  const trouble = troubleOf(entry.state);
  const loaded = new Loaded(entry.ref.name, record, on.fetchedAt, engine, before);
  const refreshAfterMs = (before === undefined ? firstRefreshAfter : refreshAfter)(policy.ttlMs, engine.random);
  const life = lifetime(record, policy, on.startedAt, refreshAfterMs);
  const code = trouble?.failure.failure ?? entry.told.stale;
  entry.dispatch({ kind: "loaded", flight: on.flight, held: { record: loaded, life } });
  entry.told = {};
  const said = about(engine, entry);
  const { version, requestId } = record;
  engine.tell({ ...said, type: "loaded", version, requestId, attempts, durationMs: sinceStart(engine, on) });
  if (before !== undefined && !loaded.isSameVersion(before)) {
    if (before.accepted) entry.previous = { loaded: before, replacedAt: engine.time.precise() };
    engine.tell({ ...said, type: "rotated", version, previousVersion: before.version });
  }
  if (code !== undefined) engine.tell({ ...said, type: "recovered", code });
  for (const message of record.warnings ?? []) engine.tell({ ...said, type: "warning", message });
}

function landFailure(engine: Engine, entry: Entry, on: Departure, failure: SourceFailure, { attempts }: Answer): void {
  const calls = (troubleOf(entry.state)?.calls ?? 0) + 1;
  const waitMs = isAbsence(failure.failure)
    ? policyDefaults.notFoundMs
    : waitBetweenCalls(calls, failure, engine.random);
  entry.dispatch({ kind: "failed", flight: on.flight, failure, at: engine.time.precise(), waitMs });
  engine.tell({
    ...about(engine, entry),
    type: "refresh-failed",
    code: failure.failure,
    attempts,
    durationMs: sinceStart(engine, on),
    nextTryInMs: waitMs,
  });
}

function sinceStart({ time }: Engine, { startedAt }: Departure): number {
  return time.precise() - startedAt;
}
