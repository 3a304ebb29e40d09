import { policyDefaults } from "../policy/defaults.ts";
import type { Random } from "../policy/random.ts";
import type { Secret } from "../secret/secret.ts";
import type { Clock } from "../time/clock.ts";
import { sleep } from "../time/sleep.ts";
import type { Credential, RotationWindow } from "./rotation-window.ts";

export interface WithWindowOptions {
  /** True for the operation's error that says that the credential was not accepted. */
  readonly isAuthError: (error: unknown) => boolean;
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal;
  /** What is thrown where the signal has ended it before the operation ran. */
  readonly ended: () => Error;
}

const { rotationRetryMs, rotationRoundFirstMs, rotationRoundLongestMs } = policyDefaults;

/**
 * Runs the operation with the current credential. Only when that is not accepted, it runs with the others of the rotation
 * window and with what a refresh brings, in rounds, until one is accepted or the budget is spent. It never runs again
 * after it succeeded or failed for another reason, and once per credential and round.
 */
export async function withWindow<T, R>(
  window: RotationWindow<T>,
  operation: (secret: Secret<T>) => R | Promise<R>,
  options: WithWindowOptions,
): Promise<R> {
  const { clock, random, signal, ended } = options;
  const startedAt = clock.monotonic();
  const leftMs = () => rotationRetryMs - (clock.monotonic() - startedAt);
  let refused: { readonly error: unknown } | undefined;
  const giveUp = () => (refused === undefined ? ended() : refused.error);
  let since = window.now();
  for (let round = 0; ; round += 1) {
    const tried: Credential<T>[] = [];
    for await (const credential of round === 0 ? firstRound(window, since) : laterRound(window, since)) {
      if (signal.aborted || (refused !== undefined && leftMs() <= 0)) throw giveUp();
      if (tried.some((other) => other.isSame(credential))) continue;
      tried.push(credential);
      try {
        return await operation(credential.secret);
      } catch (error) {
        if (!saysAuth(options, error)) throw error;
        refused = { error };
      }
    }
    since = window.now();
    const waitMs = random() * Math.min(rotationRoundLongestMs, rotationRoundFirstMs * 2 ** round);
    if (signal.aborted || waitMs >= leftMs() || (await sleep(clock, waitMs, signal, "hold")) === "aborted") {
      throw giveUp();
    }
  }
}

async function* firstRound<T>(window: RotationWindow<T>, since: number): AsyncGenerator<Credential<T>> {
  // The one read whose failure is the caller's: without a current credential there is nothing to run with.
  const current = await window.read("current");
  if (current !== undefined) yield current;
  yield* laterRound(window, since);
}

/**
 * A credential that is to come goes before one that was: where a rotation has set it already, the old one is as wrong as
 * the current one, and every wrong login counts.
 */
async function* laterRound<T>(window: RotationWindow<T>, since: number): AsyncGenerator<Credential<T>> {
  const current = await readable(() => window.read("current", since));
  if (current !== undefined) yield current;
  const pending = await readable(() => window.read("pending", since));
  if (pending !== undefined) yield pending;
  const previous = await readable(() => window.read("previous", since));
  const before = previous ?? (await readable(() => window.remembered()));
  if (before !== undefined) yield before;
}

async function readable<T>(read: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await read();
  } catch {
    return undefined;
  }
}

function saysAuth({ isAuthError, signal }: WithWindowOptions, error: unknown): boolean {
  if (signal.aborted) return false;
  try {
    // A promise is no answer, and must not pass for yes.
    return isAuthError(error) === true;
  } catch {
    return false;
  }
}
