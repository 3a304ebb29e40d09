import { policyDefaults } from "../policy/defaults.ts";
import { heldOf } from "../state/entry-state.ts";
import type { Setback } from "../state/setback.ts";
import type { Arrival } from "./arrival.ts";
import type { Engine } from "./engine.ts";
import type { Entry } from "./entry.ts";
import type { Errand } from "./errand.ts";
import { grantOfRecord } from "./grant-of-record.ts";
import { Loaded } from "./loaded.ts";
import { vet } from "./vet.ts";

/** Reads, and asks the gates whether what the source gave may be seen. */
export async function bringRead(engine: Engine, entry: Entry, errand: Errand, signal: AbortSignal): Promise<Arrival> {
  if (!entry.lane.mints(entry.ref)) return readNow(engine, entry, errand, signal);
  const { leases } = engine;
  if (!leases.arriving(entry)) return tooMany(leases.nextEndMs());
  try {
    return await readNow(engine, entry, errand, signal);
  } finally {
    leases.left(entry);
  }
}

/** What a caller who varies names would bring about: without a bound, as many credentials, each held while its lease lasts. */
function tooMany(nextEndMs: number): Arrival {
  const retryAfterMs = Math.max(policyDefaults.refreshJoinMs, Math.min(nextEndMs, policyDefaults.mintWindowMs));
  const advice = `${policyDefaults.maxEntries} leased credentials of secrets that nobody watches are held at once, and no more: does somebody make up the names? Watch the secrets that the program cannot do without.`;
  const failure: Setback = { failure: "mint-budget-exhausted", retryAfterMs, advice };
  return { kind: "failure", failure, attempts: 0, turnedAway: true };
}

async function readNow(engine: Engine, entry: Entry, errand: Errand, signal: AbortSignal): Promise<Arrival> {
  const askedAt = engine.time.precise();
  const fetchedAt = engine.clock.now();
  const { answer, attempts, turnedAway, member } = await entry.lane.read(entry.ref, signal, errand.bypassCaches);
  entry.lane.note(answer.failure, engine.time.precise());
  if (answer.failure !== undefined) return { kind: "failure", failure: answer, attempts, turnedAway };
  const held = heldOf(entry.state)?.record;
  const refused = entry.refusal?.loaded ?? entry.told.rejected?.loaded;
  const before = refused?.decoded.equals(answer.payload) ? refused : held;
  const loaded = new Loaded(entry.ref.name, answer, fetchedAt, engine, before);
  const grant = grantOfRecord(engine, answer, member, askedAt);
  const brought = { record: answer, loaded, attempts, askedAt, grant };
  if (!entry.isGated) return { kind: "record", ...brought };
  const arrival = await vet(engine, entry, brought, signal);
  const isRefused = arrival.kind !== "confirmed" && arrival.kind !== "renewed" && arrival.refused === loaded;
  // Nobody has seen the credential, and nobody will.
  if (grant !== undefined && isRefused) {
    engine.leases.retired({ entry, grant, loaded: undefined, endsAt: askedAt + grant.spanMs });
  }
  return arrival;
}
