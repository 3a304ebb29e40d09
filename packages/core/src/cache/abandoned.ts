import { policyDefaults } from "../policy/defaults.ts";
import { sleep } from "../time/sleep.ts";
import type { Engine } from "./engine.ts";
import type { Entry } from "./entry.ts";

const { backoffShortestMs, backoffFirstMs } = policyDefaults;

/**
 * Who asks and leaves in a loop must not make a call at each turn: the first call after one that was given up is made at
 * once, the following ones keep a distance. Undefined where nothing is to be waited for. What such calls tell of the source is
 * the other half of the rule: `fetch/outage.ts` has it, and `docs/decisions/0022-callers-who-leave.md` both.
 */
export function untilSpaced(engine: Engine, { abandoned }: Entry, signal: AbortSignal): Promise<unknown> | undefined {
  if (abandoned === undefined || abandoned.times < 2) return undefined;
  const distance = Math.min(backoffFirstMs, backoffShortestMs * 2 ** Math.min(abandoned.times - 2, 31));
  const waitMs = abandoned.begunAt + distance - engine.time.precise();
  return waitMs > 0 ? sleep(engine.clock, waitMs, signal, "hold") : undefined;
}

/** Another one was given up, after it was begun. */
export function abandon(entry: Entry, begunAt: number): void {
  entry.abandoned = { times: (entry.abandoned?.times ?? 0) + 1, begunAt };
}
