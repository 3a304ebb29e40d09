import type { SecretsErrorCode } from "../errors/error-code.ts";
import { answersForced, decideAfterFailure, decideRead, type ReadDecision } from "../state/decide-read.ts";
import { type Held, heldOf } from "../state/entry-state.ts";
import type { Setback } from "../state/setback.ts";
import type { Engine } from "./engine.ts";
import type { Entry } from "./entry.ts";
import { fly } from "./fly.ts";
import type { Loaded } from "./loaded.ts";
import { peek } from "./peek.ts";
import { tellExpired, tellStale } from "./tell.ts";
import { awaitingTurn } from "./turns.ts";
import { verifyFailed } from "./vet.ts";
import { isVetting } from "./vetting.ts";

/** How a reader wants an entry. */
export interface ReadOrder {
  readonly refresh: boolean;
  readonly maxAgeMs: number | undefined;
  readonly signal: AbortSignal | undefined;
}

/** What a reader gets. */
export type ReadOutcome =
  | { readonly held: Held<Loaded>; readonly stale: SecretsErrorCode | undefined }
  /** `limit`: there is a last good value, too old to be served. */
  | { readonly failure: Setback; readonly limit: boolean; readonly attempts: number }
  | "aborted";

type Settled = Exclude<ReadDecision<Loaded>, { do: "await" }>;

/** Answers from memory, or from the call under way, or from one that it starts. */
export async function read(engine: Engine, entry: Entry, order: ReadOrder, again = true): Promise<ReadOutcome> {
  const now = engine.time.precise();
  if (isVetting(entry)) return readWithinGate(engine, entry, order, now);
  engine.leases.passBy(now);
  const decision = decideRead(entry.state, {
    now,
    refresh: order.refresh,
    maxAgeMs: order.maxAgeMs,
    outage: entry.lane.outage(now),
    awaitingTurn: awaitingTurn(engine, entry, now),
  });
  if (decision.do !== "await") {
    if (decision.do === "serve" && decision.refresh && entry.flight === undefined)
      fly(engine, entry, { bypassCaches: false, probeFirst: false }).keep();
    return settled(engine, entry, decision, now, 0);
  }
  const flight = entry.flight ?? fly(engine, entry, { bypassCaches: order.refresh, probeFirst: false });
  const landed = await flight.join(order.signal);
  if (landed === "aborted") return "aborted";
  const then = engine.time.precise();
  const held = heldOf(entry.state);
  if (landed.kind !== "failure") {
    const standsIn = landed.kind === "record" && landed.refused !== undefined;
    if (standsIn && order.refresh) return { failure: verifyFailed, limit: false, attempts: landed.attempts };
    // Served from the entry, so that a reader never sees an older record than the entry holds.
    if (held !== undefined && !isOver(held, then)) {
      if (order.refresh && !answersForced(held)) return read(engine, entry, order);
      return { held, stale: standsIn ? verifyFailed.failure : undefined };
    }
    // The process was frozen while the answer was on its way.
    if (held !== undefined) return again ? read(engine, entry, order, false) : lateLease;
    return { failure: { failure: "aborted" }, limit: false, attempts: 0 };
  }
  const after = decideAfterFailure(entry.state, landed.failure, { now: then, refresh: order.refresh });
  return settled(engine, entry, after, then, landed.attempts);
}

/** A gate that reads what it judges would wait for itself: it gets what is held. */
function readWithinGate(engine: Engine, entry: Entry, { refresh }: ReadOrder, now: number): ReadOutcome {
  const glance = refresh ? undefined : peek(engine, entry, now);
  if (glance !== undefined && "held" in glance) return glance;
  const advice = "A verify hook has asked for the secret that it verifies: use the `next` that it is given.";
  return { failure: { failure: "invalid-request", advice }, limit: false, attempts: 0 };
}

const lateLease = {
  failure: { failure: "unavailable", advice: "The credential's lease was over before it arrived, twice in a row." },
  limit: false,
  attempts: 1,
} as const;

function isOver({ life }: Held<Loaded>, now: number): boolean {
  return life.leased === true && now >= life.staleUntil;
}

function settled(engine: Engine, entry: Entry, decision: Settled, now: number, attempts: number): ReadOutcome {
  if (decision.do === "serve") {
    const { held, stale } = decision;
    if (stale !== undefined) tellStale(engine, entry, stale, now - held.life.loadedAt);
    return { held, stale };
  }
  if (decision.limit) tellExpired(engine, entry, decision.failure.failure);
  return { failure: decision.failure, limit: decision.limit, attempts };
}
