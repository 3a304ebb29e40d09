import { refusesRenewal, saysLeaseOver } from "../policy/lease-refusal.ts";
import { endingLifetime, isTruncated, leaseLifetime } from "../policy/lease-terms.ts";
import type { Lease } from "../source/lease.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import { reduceTenure } from "../state/reduce-tenure.ts";
import type { Arrival } from "./arrival.ts";
import type { Departure } from "./departure.ts";
import type { Engine } from "./engine.ts";
import type { Entry } from "./entry.ts";
import { loseLease } from "./lose-lease.ts";
import { about } from "./tell.ts";

/** Asks for a renewal; undefined where only another credential will do. */
export async function renewLease(
  engine: Engine,
  entry: Entry,
  signal: AbortSignal,
  on: Departure,
): Promise<Arrival | undefined> {
  const { tenure, lane } = entry;
  if (tenure.kind !== "renewable") return undefined;
  const startedAt = engine.time.precise();
  const answer = await lane.renew(tenure.grant.member, tenure.id, signal);
  if (signal.aborted) return failed({ failure: "aborted" }, false);
  if (answer === undefined) {
    entry.tenure = reduceTenure(tenure, { kind: "refused" });
    return undefined;
  }
  lane.note(answer.failure?.failure, engine.time.precise());
  if (answer.failure === undefined) return renewed(engine, entry, answer.value, startedAt, on);
  if (answer.turnedAway || !refusesRenewal(answer.failure.failure)) return failed(answer.failure, answer.turnedAway);
  refused(engine, entry, answer.failure, on);
  return undefined;
}

function failed(failure: SourceFailure, turnedAway: boolean): Arrival {
  return { kind: "failure", failure, attempts: turnedAway ? 0 : 1, turnedAway };
}

function renewed(
  engine: Engine,
  entry: Entry,
  { id, ttlMs, renewable }: Lease,
  startedAt: number,
  on: Departure,
): Arrival | undefined {
  const { tenure } = entry;
  if (tenure.kind !== "renewable") return undefined;
  const { grant } = tenure;
  const leaseMs = Math.min(ttlMs, grant.validUntil - startedAt);
  engine.tell({ ...about(engine, entry), type: "lease-renewed", leaseMs });
  if (!isTruncated(leaseMs, grant.spanMs)) {
    entry.tenure = reduceTenure(tenure, { kind: "renewed", id, renewable });
    return { kind: "renewed", life: leaseLifetime(startedAt, leaseMs, engine.random) };
  }
  entry.tenure = reduceTenure(tenure, { kind: "truncated" });
  const life = endingLifetime(startedAt, startedAt + leaseMs);
  entry.dispatch({ kind: "curtailed", flight: on.flight, life });
  return undefined;
}

function refused(engine: Engine, entry: Entry, { failure }: SourceFailure, on: Departure): void {
  if (!saysLeaseOver(failure)) {
    entry.tenure = reduceTenure(entry.tenure, { kind: "refused" });
    return;
  }
  loseLease(engine, entry, failure);
  const now = engine.time.precise();
  entry.dispatch({ kind: "curtailed", flight: on.flight, life: endingLifetime(now, now) });
}
