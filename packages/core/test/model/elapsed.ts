import type { VirtualClock } from "../../src/testing/virtual-clock.ts";

/** True time, and what the clocks have hidden of it by then. */
export interface Elapsed {
  /** Since the start, ms: what has really passed. */
  readonly at: number;
  /** How far the wall clock has been set back so far, standing still included, ms. */
  readonly stepped: number;
  /** How long the machine has slept so far, ms. */
  readonly asleep: number;
  /** How often something else than time passing has happened to the clocks. */
  readonly moves: number;
}

/** What two clocks may disagree about before it is taken for a step. */
const toleranceMs = 50;

/** Moves the clocks, but never in the middle of a turn; and knows what really passes. */
export class Stopwatch {
  readonly clock: VirtualClock;
  #stepped = 0;
  #asleep = 0;
  #moves = 0;
  #standingSince: number | undefined;

  constructor(clock: VirtualClock) {
    this.clock = clock;
  }

  now(): Elapsed {
    const monotonic = this.clock.monotonic();
    const stood = monotonic - (this.#standingSince ?? monotonic);
    return {
      at: monotonic + this.#asleep,
      stepped: this.#stepped + stood,
      asleep: this.#asleep,
      moves: this.#moves,
    };
  }

  /** The wall clock is set. */
  async jump(ms: number): Promise<void> {
    await this.clock.settle();
    this.#moves += 1;
    if (ms < 0) this.#stepped -= ms;
    this.clock.jump(ms);
  }

  /** The machine sleeps: monotonic time stands still. */
  async freeze(ms: number): Promise<void> {
    await this.clock.settle();
    this.#moves += 1;
    this.#asleep += ms;
    this.clock.freeze(`${ms}ms` as "1ms");
  }

  /** The wall clock stands still: the reverse. */
  async advanceMonotonic(ms: number): Promise<void> {
    await this.clock.settle();
    this.#moves += 1;
    this.#standingSince = this.clock.monotonic();
    await this.clock.advanceMonotonic(ms);
    this.#stepped += ms;
    this.#standingSince = undefined;
  }
}

/**
 * How much younger than it is a value may look, at most: what the clocks have hidden between the two moments. A hit
 * reads the wall clock alone; whatever reads both misses a step back only where the machine has slept as well.
 */
function hidden(from: Elapsed, to: Elapsed, hit: boolean): number {
  const stepped = Math.max(0, to.stepped - from.stepped);
  const unnoticed = Math.min(to.stepped, toleranceMs);
  return unnoticed + (hit ? stepped : Math.min(stepped, to.asleep - from.asleep));
}

/** How much time has passed for sure, whatever the clocks say. */
export function passed(from: Elapsed, to: Elapsed, hit: boolean): number {
  return to.at - from.at - hidden(from, to, hit);
}
