import type { Clock } from "@secretsource/core/source-kit";

/** How much time has passed since it was started. */
export interface Stopwatch {
  readonly passedMs: number;
}

/**
 * The greater of what the two clocks say: the monotonic one may stand still while the machine sleeps, the wall clock
 * may step back. A wall clock that jumps ahead makes a token look older than it is: it is renewed early.
 */
export function startStopwatch(clock: Clock): Stopwatch {
  const [now, monotonic] = [clock.now(), clock.monotonic()];
  return {
    get passedMs() {
      return Math.max(0, clock.now() - now, clock.monotonic() - monotonic);
    },
  };
}
