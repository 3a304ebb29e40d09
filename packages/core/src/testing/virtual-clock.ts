import { AsyncResource } from "node:async_hooks";
import { useInstance } from "../client/load-instance.ts";
import { SecretsInstance } from "../client/secrets-instance.ts";
import { SecretsError } from "../errors/secrets-error.ts";
import type { Clock } from "../time/clock.ts";
import { type Duration, parseDuration } from "../time/duration.ts";
import { wholeDelay } from "../time/whole-delay.ts";
import { describePending } from "./describe-pending.ts";
import { settlePromises } from "./settle-promises.ts";
import { TimerQueue } from "./timer-queue.ts";

/**
 * Time that stands still until it is moved. Nothing global is replaced, so it works beside a runner's fake timers.
 *
 * `advance`, `advanceMonotonic` and `stall` fire timers in the order of their due times, then of their creation, and
 * settle the promises that hang on each before the next one fires. Timers that are set on the way fire in the same
 * call if they fall due in it. If callbacks throw, the rest still happens and the call rejects at its end, with the
 * one error or an `AggregateError`. They throw at once when time is already being moved (by a callback, or by a call
 * that was not awaited), and reject when a chain of 1,000 timers takes no time at all.
 *
 * What they take is a duration, or whole milliseconds of at least 0.
 */
export interface VirtualClock extends Clock, Disposable {
  /** Timers that are outstanding. */
  readonly pending: number;
  /** Those of them that would keep a program alive. */
  readonly holding: number;
  /** Time passes: wall clock and monotonic time go on together, timers fire. */
  advance(by: Duration | number): Promise<void>;
  /**
   * Time passes from timer to timer until the promise has settled, and no further: for reads that need a retry or a
   * deadline. Gives what the promise gives.
   *
   * @param within The most that passes. Default: `"1h"`.
   * @throws What the promise rejects with; Error where it is still pending then, or no timer is left to wait for.
   */
  until<T>(promise: Promise<T>, within?: Duration | number): Promise<T>;
  /** The reverse of {@link freeze}: monotonic time goes on and timers fire while the wall clock stands still. */
  advanceMonotonic(by: Duration | number): Promise<void>;
  /**
   * The process stops (a blocked event loop, SIGSTOP, a debugger): both clocks go on, nothing runs, and what fell due
   * meanwhile fires late, at the end.
   */
  stall(by: Duration | number): Promise<void>;
  /** The machine sleeps: the wall clock goes on; monotonic time and the timers stand still. */
  freeze(by: Duration | number): void;
  /** Somebody sets the wall clock: it steps by whole milliseconds, ahead or back. Nothing else moves. */
  jump(byMs: number): void;
  /** Lets everything run that hangs on promises alone. No time passes and no timer fires, also none due now. */
  settle(): Promise<void>;
  /** Throws when timers are outstanding, and says when they are due. */
  assertIdle(): void;
  /** As {@link assertIdle}: `using clock = virtualClock()` does not end with work pending. */
  [Symbol.dispose](): void;
}

const longestChain = 1000;

// Otherwise the first read of a process would wait for the disk, which no moving of time settles.
useInstance(SecretsInstance);

/**
 * A clock for tests that need no sleep.
 *
 * @param options.now Where the wall clock starts, epoch milliseconds; default 2026-01-01T00:00:00Z. Monotonic time
 *   starts at 0.
 */
export function virtualClock(options: { readonly now?: number } = {}): VirtualClock {
  const timers = new TimerQueue();
  let wall = wholeMs(options.now ?? Date.UTC(2026, 0, 1), "now", Number.MIN_SAFE_INTEGER);
  let monotonic = 0;
  let hops = 0;
  let moving = false;

  function moveTo(instant: number, wallRuns: boolean): void {
    if (wallRuns) wall += instant - monotonic;
    monotonic = instant;
  }

  async function fireUntil(end: number, wallRuns: boolean, isEnough = () => false): Promise<unknown[]> {
    const errors: unknown[] = [];
    for (let next = timers.first(); next !== undefined && next.dueAt <= end; next = timers.first()) {
      if (isEnough()) return errors;
      moveTo(Math.max(monotonic, next.dueAt), wallRuns);
      if (next.hops >= longestChain) return [...errors, endlessChain()];
      hops = next.hops;
      timers.takeFirst();
      try {
        next.fire();
      } catch (error) {
        errors.push(error);
      }
      await settlePromises();
    }
    if (!isEnough()) moveTo(end, wallRuns);
    return errors;
  }

  async function passUntilSettled(promise: Promise<unknown>, ms: number): Promise<void> {
    let pending = true;
    const settle = () => {
      pending = false;
    };
    promise.then(settle, settle);
    await exclusively(() => fireUntil(monotonic + ms, true, () => !pending));
    if (!pending) return;
    const left = timers.size === 0 ? "no timer is left" : describePending(timers.inOrder(), monotonic);
    throw new Error(`virtualClock: the promise has not settled in ${ms} ms; ${left}`);
  }

  function exclusively(move: () => Promise<unknown[]>): Promise<void> {
    if (moving) throw new Error("virtualClock: time is already being moved; await that call, outside of its timers");
    moving = true;
    return settlePromises()
      .then(move)
      .finally(() => {
        moving = false;
        hops = 0;
      })
      .then(throwAll);
  }

  function assertIdle(): void {
    if (timers.size > 0) throw new Error(`virtualClock: ${describePending(timers.inOrder(), monotonic)}`);
  }

  return {
    now: () => wall,
    monotonic: () => monotonic,
    setTimer(callback, delayMs, hold) {
      const dueAt = monotonic + wholeDelay(delayMs);
      // As with native timers, the callback sees the asynchronous context in which it was set.
      const context = new AsyncResource("VirtualTimer");
      const cancel = timers.add({
        fire: () => context.runInAsyncScope(callback),
        dueAt,
        holds: hold !== undefined,
        hops: dueAt === monotonic ? hops + 1 : 0,
      });
      return { cancel };
    },
    get pending() {
      return timers.size;
    },
    get holding() {
      return timers.holding;
    },
    advance(by) {
      const ms = lengthMs(by, "advance");
      return exclusively(() => fireUntil(monotonic + ms, true));
    },
    async until(promise, within = "1h") {
      await passUntilSettled(promise, lengthMs(within, "within"));
      return promise;
    },
    advanceMonotonic(by) {
      const ms = lengthMs(by, "advanceMonotonic");
      return exclusively(() => fireUntil(monotonic + ms, false));
    },
    stall(by) {
      const ms = lengthMs(by, "stall");
      return exclusively(() => {
        moveTo(monotonic + ms, true);
        return fireUntil(monotonic, true);
      });
    },
    freeze(by) {
      wall += lengthMs(by, "freeze");
    },
    jump(byMs) {
      wall += wholeMs(byMs, "jump", Number.MIN_SAFE_INTEGER);
    },
    settle: settlePromises,
    assertIdle,
    [Symbol.dispose]: assertIdle,
  };
}

function lengthMs(by: Duration | number, setting: string): number {
  return typeof by === "number" ? wholeMs(by, setting, 0) : parseDuration(by, setting);
}

function wholeMs(ms: number, setting: string, least: number): number {
  if (Number.isSafeInteger(ms) && ms >= least) return ms;
  const limit = least === 0 ? " of at least 0" : "";
  throw new SecretsError({ code: "invalid-options", advice: `\`${setting}\` must be whole milliseconds${limit}.` });
}

function endlessChain(): Error {
  return new Error(`virtualClock: ${longestChain} timers in a row took no time at all; each sets the next, for ever`);
}

function throwAll(errors: readonly unknown[]): void {
  if (errors.length > 1) throw new AggregateError(errors, `virtualClock: ${errors.length} timers failed`);
  if (errors.length === 1) throw errors[0];
}
