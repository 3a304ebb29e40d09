import type { SecretsErrorCode } from "../errors/error-code.ts";
import { decideRead } from "../state/decide-read.ts";
import { type Held, heldOf } from "../state/entry-state.ts";
import type { Setback } from "../state/setback.ts";
import type { Engine } from "./engine.ts";
import type { Entry } from "./entry.ts";
import type { Loaded } from "./loaded.ts";
import { awaitingTurn } from "./turns.ts";

/** What an entry can give without a call. */
export type Glance =
  | { readonly held: Held<Loaded>; readonly stale: SecretsErrorCode | undefined }
  | { readonly failure: Setback; readonly limit: boolean };

/** Looks at an entry without asking anybody; undefined where only a call could tell. */
export function peek(engine: Engine, entry: Entry, now: number): Glance | undefined {
  const outage = entry.lane.outage(now);
  const turn = awaitingTurn(engine, entry, now);
  const decision = decideRead(entry.state, { now, refresh: false, maxAgeMs: undefined, outage, awaitingTurn: turn });
  if (decision.do !== "await") return decision;
  const held = heldOf(entry.state);
  return held !== undefined && now < held.life.staleUntil ? { held, stale: undefined } : undefined;
}
