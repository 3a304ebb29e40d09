import type { Engine } from "../cache/engine.ts";
import type { Entry } from "../cache/entry.ts";
import { awaitingTurn } from "../cache/turns.ts";
import { heldOf, troubleOf } from "../state/entry-state.ts";

/** Whether a watched entry, that nobody may be reading, is to be asked for now. */
export function isDue(engine: Engine, entry: Entry, now: number): boolean {
  const { state, lane } = entry;
  const trouble = troubleOf(state);
  if (trouble !== undefined && now < trouble.nextTryAt) return false;
  if (lane.outage(now)?.tryDue === false) return false;
  const held = heldOf(state);
  if (held === undefined) return true;
  if (trouble !== undefined && !held.life.leased) return true;
  return now >= held.life.refreshAt && awaitingTurn(engine, entry, now) === undefined;
}

/** Nothing can have come of time alone: all that such an entry needs is a look at the clock. */
export function isCalm({ state }: Entry, now: number): boolean {
  return state.kind === "held" && now < state.held.life.refreshAt;
}
