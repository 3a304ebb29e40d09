import { heldOf } from "../state/entry-state.ts";
import type { Arrival } from "./arrival.ts";
import type { Engine } from "./engine.ts";
import type { Entry } from "./entry.ts";
import type { Errand } from "./errand.ts";
import { grantOfRecord } from "./grant-of-record.ts";
import { Loaded } from "./loaded.ts";
import { vet } from "./vet.ts";

/** Reads, and asks the gates whether what the source gave may be seen. */
export async function bringRead(engine: Engine, entry: Entry, errand: Errand, signal: AbortSignal): Promise<Arrival> {
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
  const arrival = await vet(engine, entry, { record: answer, loaded, attempts, askedAt, grant }, signal);
  const isRefused = arrival.kind !== "confirmed" && arrival.kind !== "renewed" && arrival.refused === loaded;
  // Nobody has seen the credential, and nobody will.
  if (grant !== undefined && isRefused) {
    engine.leases.retired({ entry, grant, loaded: undefined, endsAt: askedAt + grant.spanMs });
  }
  return arrival;
}
