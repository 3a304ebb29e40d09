import type { SecretsErrorCode } from "../errors/error-code.ts";
import { firstRefreshAfter } from "../policy/refresh-point.ts";
import { heldOf } from "../state/entry-state.ts";
import type { Engine } from "./engine.ts";
import type { Entry } from "./entry.ts";

/**
 * After an outage the entries that missed their refresh take turns, spread over one ttl. Until then: what the outage
 * was.
 */
export function awaitingTurn({ random }: Engine, entry: Entry, now: number): SecretsErrorCode | undefined {
  const { recovered, policy } = entry.lane;
  const life = heldOf(entry.state)?.life;
  if (recovered === undefined || life === undefined || !life.patient || life.refreshAt > recovered.at) return undefined;
  if (entry.turn?.recoveredAt !== recovered.at) {
    entry.turn = { recoveredAt: recovered.at, at: recovered.at + firstRefreshAfter(policy.ttlMs, random) };
  }
  return now < entry.turn.at ? recovered.code : undefined;
}
