import { accept } from "../cache/accept.ts";
import type { Engine } from "../cache/engine.ts";
import type { Entry } from "../cache/entry.ts";
import { fly } from "../cache/fly.ts";
import { outcomeError } from "../cache/outcome-error.ts";
import { type ReadOrder, type ReadOutcome, read } from "../cache/read.ts";
import { mayBeSeen, verifyFailed } from "../cache/vet.ts";
import type { Reading } from "../decode/reading.ts";
import { SecretsError } from "../errors/secrets-error.ts";
import { heldOf, troubleOf } from "../state/entry-state.ts";
import type { LiveStart } from "./live-handle.ts";
import type { VerifyGate } from "./verify-gate.ts";

/**
 * The value that a watch begins with.
 *
 * @throws SecretsError as a read; `verify-failed` where neither the current version nor another of the window is
 *   accepted.
 */
export async function beginWatch(
  engine: Engine,
  entry: Entry,
  order: ReadOrder & { readonly reading: Reading },
  gate: VerifyGate | undefined,
): Promise<LiveStart<unknown>> {
  const outcome = await provenOutcome(engine, entry, order, gate);
  if (outcome === "aborted") {
    throw new SecretsError({ code: "aborted", source: entry.lane.name, secretName: entry.ref.name });
  }
  if (!("held" in outcome)) throw outcomeError(outcome.failure, outcome.limit, entry, outcome.attempts);
  const { record, life } = outcome.held;
  const secret = await accept(engine, entry, record, order, outcome.stale);
  const { previous } = entry;
  // Another stale mark than the entry's: the reader could not use the record, and was given the one before it.
  const isOlder = secret.stale !== outcome.stale && previous !== undefined;
  return { secret, shown: record, good: isOlder ? previous : { loaded: record, staleUntil: life.staleUntil } };
}

async function provenOutcome(
  engine: Engine,
  entry: Entry,
  order: ReadOrder,
  gate: VerifyGate | undefined,
): Promise<ReadOutcome> {
  const outcome = await read(engine, entry, order);
  if (gate === undefined || outcome === "aborted" || !("held" in outcome)) return outcome;
  const { record } = outcome.held;
  // What was there before the hook was has not been shown to it.
  if (gate.hasPassed(record) || (await mayBeSeen(engine, entry, record, order.signal ?? engine.closing)))
    return outcome;
  const trouble = troubleOf(entry.state);
  if (trouble?.failure.failure === "verify-failed" && engine.time.precise() < trouble.nextTryAt) {
    return { failure: verifyFailed, limit: false, attempts: 0 };
  }
  const flight = entry.flight ?? fly(engine, entry, { bypassCaches: true, probeFirst: false });
  const landed = await flight.join(order.signal);
  if (landed === "aborted") return landed;
  const held = heldOf(entry.state);
  if (held !== undefined && gate.hasPassed(held.record)) {
    return { held, stale: "refused" in landed ? verifyFailed.failure : undefined };
  }
  const failure = landed.kind === "failure" ? landed.failure : verifyFailed;
  return { failure, limit: false, attempts: "attempts" in landed ? landed.attempts : 0 };
}
