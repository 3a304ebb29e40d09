import { heldOf } from "../state/entry-state.ts";
import type { Setback } from "../state/setback.ts";
import type { Arrival } from "./arrival.ts";
import type { Engine } from "./engine.ts";
import type { Entry } from "./entry.ts";
import { passes } from "./gate.ts";
import { Loaded } from "./loaded.ts";

/** How a call is made. */
export interface Errand {
  /** Asks for the store's own word, past caches upstream. */
  readonly bypassCaches: boolean;
  /** A look at the version is enough, where the source can give one. */
  readonly probeFirst: boolean;
}

/** Asks the source, and the gates whether what it gave may be seen. */
export async function bring(
  engine: Engine,
  entry: Entry,
  errand: Errand,
  signal: AbortSignal,
  fetchedAt: number,
): Promise<Arrival> {
  const confirmed = errand.probeFirst ? await probe(engine, entry, signal) : undefined;
  if (confirmed !== undefined) return confirmed;
  const { answer, attempts, turnedAway } = await entry.lane.read(entry.ref, signal, errand.bypassCaches);
  entry.lane.note(answer.failure, engine.time.precise());
  if (answer.failure !== undefined) return { kind: "failure", failure: answer, attempts, turnedAway };
  const held = heldOf(entry.state)?.record;
  const refused = entry.told.rejected?.loaded;
  const before = refused?.decoded.equals(answer.payload) ? refused : held;
  const loaded = new Loaded(entry.ref.name, answer, fetchedAt, engine, before);
  if (held?.isSameVersion(loaded) || entry.gates.size === 0 || (await passes(entry.gates, loaded, signal))) {
    return { kind: "record", record: answer, loaded, attempts };
  }
  const failure: Setback = {
    failure: "verify-failed",
    advice: "A verify hook did not accept the store's new version.",
  };
  return { kind: "failure", failure, attempts, turnedAway: false, refused: loaded };
}

/** The version that is held, confirmed, or what stood against the look; undefined where a read has to follow. */
async function probe(engine: Engine, entry: Entry, signal: AbortSignal): Promise<Arrival | undefined> {
  const held = heldOf(entry.state)?.record;
  if (held?.version === undefined || held.minted) return undefined;
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
