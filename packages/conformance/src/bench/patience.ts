import { AssertionError } from "node:assert";
import { setTimeout as realDelay } from "node:timers/promises";
import type { VirtualClock } from "@secretsource/core/testing";

/** Time, as the store and the source live in it. */
export interface Patience {
  /** Lets time pass. */
  pass(ms: number): Promise<void>;
  /** What `work` comes to. Rejects when it has not settled after `ms`; that long is waited only then. */
  within<T>(what: string, work: Promise<T>, ms?: number): Promise<T>;
  /** A signal that is aborted, as by a deadline, when that time has passed. */
  deadline(ms: number): AbortSignal;
  /** Epoch ms. */
  now(): number;
}

export function realPatience(patienceMs: number): Patience {
  return {
    pass: (ms) => realDelay(ms),
    async within(what, work, ms = patienceMs) {
      const stop = new AbortController();
      const late = realDelay(ms, undefined, { signal: stop.signal }).then(() => throwLate(what, ms));
      try {
        return await Promise.race([work, late]);
      } finally {
        stop.abort();
        late.catch(() => {});
      }
    },
    deadline: (ms) => AbortSignal.timeout(ms),
    now: () => Date.now(),
  };
}

export function virtualPatience(clock: VirtualClock, patienceMs: number): Patience {
  let moved: Promise<void> = Promise.resolve();
  // Time is moved by one at a time.
  const inTurn = (move: () => Promise<void>): Promise<void> => {
    moved = moved.then(move, move);
    return moved;
  };
  return {
    pass: (ms) => inTurn(() => clock.advance(ms)),
    async within(what, work, ms = patienceMs) {
      let settled = false;
      const settle = () => {
        settled = true;
      };
      work.then(settle, settle);
      await clock.settle();
      await inTurn(async () => (settled ? undefined : clock.advance(ms)));
      return settled ? work : throwLate(what, ms);
    },
    deadline(ms) {
      const controller = new AbortController();
      clock.setTimer(() => controller.abort(new DOMException("The deadline has passed", "TimeoutError")), ms);
      return controller.signal;
    },
    now: () => clock.now(),
  };
}

function throwLate(what: string, ms: number): never {
  throw new AssertionError({ message: `${what} did not settle within ${ms} ms` });
}
