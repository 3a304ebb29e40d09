import { waitBetweenCalls } from "../policy/backoff.ts";
import type { SecretRecord } from "../source/secret-record.ts";
import { heldOf } from "../state/entry-state.ts";
import type { Setback } from "../state/setback.ts";
import type { Grant } from "../state/tenure.ts";
import type { Arrival } from "./arrival.ts";
import type { Engine } from "./engine.ts";
import type { Entry } from "./entry.ts";
import { isProven } from "./gate.ts";
import { grantOfRecord } from "./grant-of-record.ts";
import { Loaded } from "./loaded.ts";
import { whileVetting } from "./vetting.ts";

/** What the store gave. */
export interface Brought {
  readonly record: SecretRecord;
  readonly loaded: Loaded;
  readonly attempts: number;
  /** The start of the read that brought it, on the instance's time. */
  readonly askedAt: number;
  /** The lease that it came with. */
  readonly grant: Grant | undefined;
}

export const verifyFailed: Setback = {
  failure: "verify-failed",
  advice: "A verify hook did not accept the store's version.",
};

/**
 * Asks the gates whether what the store gave may be seen. Where it may not and nothing good is held, the version that is
 * to come or the one before may be good enough to begin with.
 */
export async function vet(engine: Engine, entry: Entry, brought: Brought, signal: AbortSignal): Promise<Arrival> {
  const { loaded, attempts } = brought;
  if (await mayBeSeen(engine, entry, loaded, signal)) return { kind: "record", ...brought };
  const held = heldOf(entry.state)?.record;
  const hasGood = held !== undefined && isProven(entry.gates, held);
  const substitute = hasGood ? undefined : await findSubstitute(engine, entry, brought, signal);
  if (substitute !== undefined) return { kind: "record", ...substitute, refused: loaded };
  return { kind: "failure", failure: verifyFailed, attempts, turnedAway: false, refused: loaded };
}

/** Remembers that the version was refused: it is not shown to the gates again until the wait is over. */
export async function mayBeSeen(engine: Engine, entry: Entry, loaded: Loaded, signal: AbortSignal): Promise<boolean> {
  const held = heldOf(entry.state)?.record;
  const isNew = held === undefined || !held.isSameVersion(loaded);
  const asked = [...entry.gates].filter((gate) => isNew || !gate.hasPassed(loaded));
  if (asked.length === 0) return true;
  const before = entry.refusal?.loaded.isSameVersion(loaded) ? entry.refusal : undefined;
  if (before !== undefined && engine.time.precise() < before.until) return false;
  const verdicts = await whileVetting(entry, () => Promise.all(asked.map((gate) => gate.judge(loaded, signal))));
  if (verdicts.every((accepted) => accepted)) return true;
  // Nobody waits for it any more: that is no verdict.
  if (signal.aborted) return false;
  const times = (before?.times ?? 0) + 1;
  const until = engine.time.precise() + waitBetweenCalls(times, verifyFailed, engine.random);
  entry.refusal = { loaded, times, until, isTold: before?.isTold ?? false };
  return false;
}

async function findSubstitute(
  engine: Engine,
  entry: Entry,
  refused: Brought,
  signal: AbortSignal,
): Promise<Brought | undefined> {
  const { lane, ref, gates } = entry;
  if (ref.version !== "current") return undefined;
  let { attempts } = refused;
  for (const version of ["pending", "previous"] as const) {
    if (signal.aborted || !lane.ports.every(({ source }) => source.traits.stages.includes(version))) continue;
    const fetchedAt = engine.clock.now();
    const askedAt = engine.time.precise();
    const { answer, attempts: made, member } = await lane.read({ ...ref, version }, signal, true);
    attempts += made;
    if (answer.failure !== undefined || refused.loaded.decoded.equals(answer.payload)) continue;
    const loaded = new Loaded(ref.name, answer, fetchedAt, engine, undefined);
    const judge = () => Promise.all([...gates].map((gate) => gate.judge(loaded, signal)));
    const verdicts = await whileVetting(entry, judge);
    const grant = grantOfRecord(engine, answer, member, askedAt);
    if (verdicts.every((accepted) => accepted)) return { record: answer, loaded, attempts, askedAt, grant };
  }
  return undefined;
}
