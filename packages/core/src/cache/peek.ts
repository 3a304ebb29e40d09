import type { SecretsErrorCode } from "../errors/error-code.ts";
import { mayServeStale } from "../policy/failure-class.ts";
import { decideRead } from "../state/decide-read.ts";
import { type Held, heldOf, troubleOf } from "../state/entry-state.ts";
import type { Setback } from "../state/setback.ts";
import { surfaced } from "../state/surfaced.ts";
import type { Engine } from "./engine.ts";
import type { Entry } from "./entry.ts";
import type { Loaded } from "./loaded.ts";
import { awaitingTurn } from "./turns.ts";

/** What an entry can give without a call. */
export type Glance =
  | { readonly held: Held<Loaded>; readonly stale: SecretsErrorCode | undefined }
  | { readonly failure: Setback; readonly limit: boolean };

/**
 * Looks at an entry without asking anybody. What a reader would wait for is judged by what is known at this moment: a
 * value past its ttl is what there is while a call is under way, one past `maxStale` or after the store's no is not.
 * Undefined where nothing is known yet.
 */
export function peek(engine: Engine, entry: Entry, now: number): Glance | undefined {
  const { state } = entry;
  const outage = entry.lane.outage(now);
  const turn = awaitingTurn(engine, entry, now);
  const decision = decideRead(state, { now, refresh: false, maxAgeMs: undefined, outage, awaitingTurn: turn });
  if (decision.do !== "await") return decision;
  const held = heldOf(state);
  const trouble = troubleOf(state);
  const failure = trouble?.refusal?.failure ?? trouble?.failure ?? outage?.failure;
  if (held === undefined || surfaced(trouble, now, held.life)) return failure && { failure, limit: false };
  if (now < held.life.staleUntil) return { held, stale: failure?.failure };
  if (failure === undefined) return { failure: tooOld, limit: false };
  return { failure, limit: mayServeStale(failure.failure) };
}

const tooOld: Setback = { failure: "stale-limit", advice: "The call that is to bring a younger one is under way." };
