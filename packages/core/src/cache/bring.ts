import { heldOf } from "../state/entry-state.ts";
import type { Arrival } from "./arrival.ts";
import { bringLeased } from "./bring-leased.ts";
import { bringRead } from "./bring-read.ts";
import type { Departure } from "./departure.ts";
import type { Engine } from "./engine.ts";
import type { Entry } from "./entry.ts";
import type { Errand } from "./errand.ts";
import { isProven } from "./gate.ts";

/** Asks the source for what the entry needs: a look, a read, or, where it holds a credential with a lease, a renewal. */
export function bring(
  engine: Engine,
  entry: Entry,
  errand: Errand,
  signal: AbortSignal,
  on: Departure,
): Promise<Arrival> {
  if (heldOf(entry.state)?.life.leased) return bringLeased(engine, entry, errand, signal, on);
  return errand.probeFirst ? bringLook(engine, entry, errand, signal) : bringRead(engine, entry, errand, signal);
}

async function bringLook(engine: Engine, entry: Entry, errand: Errand, signal: AbortSignal): Promise<Arrival> {
  return (await probe(engine, entry, signal)) ?? (await bringRead(engine, entry, errand, signal));
}

/** The version that is held, confirmed, or what stood against the look; undefined where a read has to follow. */
async function probe(engine: Engine, entry: Entry, signal: AbortSignal): Promise<Arrival | undefined> {
  const held = heldOf(entry.state)?.record;
  // What a gate has not seen yet has to be shown to it.
  if (held?.version === undefined || held.minted || !isProven(entry.gates, held)) return undefined;
  const answer = await entry.lane.probe(entry.ref, signal);
  if (answer === undefined) return undefined;
  entry.lane.note(answer.failure?.failure, engine.time.precise());
  if (answer.failure !== undefined) {
    return {
      kind: "failure",
      failure: answer.failure,
      attempts: answer.turnedAway ? 0 : 1,
      turnedAway: answer.turnedAway,
    };
  }
  if (answer.probe.version !== held.version) return undefined;
  return { kind: "confirmed", changesInMs: answer.probe.changesInMs };
}
