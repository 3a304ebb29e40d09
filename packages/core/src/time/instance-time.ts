import type { Clock } from "./clock.ts";

const toleranceMs = 50;

/**
 * An instance's own time, in ms: follows the wall clock forward, through jumps and freezes, and never goes back. A hit
 * reads the wall clock alone; {@link precise} reads the monotonic clock too and makes good what a step back has hidden.
 *
 * What a step back can do at most: where it is smaller than the time since the last reading it cannot be seen by
 * {@link now} and makes values look younger by that step, until the next {@link precise} reading.
 */
export class InstanceTime {
  readonly #clock: Clock;
  #highestWall: number;
  /** What steps back have taken from the wall clock so far. */
  #correction = 0;
  /** Where the monotonic clock says that time is at least: from this point on. */
  #anchor: number;
  #anchorMonotonic: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#highestWall = clock.now();
    this.#anchor = this.#highestWall;
    this.#anchorMonotonic = clock.monotonic();
  }

  now(): number {
    const wall = this.#clock.now();
    if (wall < this.#highestWall) return this.precise();
    this.#highestWall = wall;
    return wall + this.#correction;
  }

  precise(): number {
    const wall = this.#clock.now();
    const monotonic = this.#clock.monotonic();
    const seen = wall + this.#correction;
    const atLeast = this.#anchor + (monotonic - this.#anchorMonotonic);
    const highest = this.#highestWall + this.#correction;
    if (seen >= atLeast) {
      this.#anchor = seen;
      this.#anchorMonotonic = monotonic;
    }
    const missing = Math.max(atLeast, highest) - seen;
    // The wall clock counts whole milliseconds and the monotonic one does not: a correction for that would add up.
    if (missing > toleranceMs) {
      this.#correction += missing;
      this.#highestWall = wall;
      return seen + missing;
    }
    this.#highestWall = Math.max(this.#highestWall, wall);
    return Math.max(seen, highest);
  }
}
