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
  readonly signal: AbortSignal | undefined;
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
  const { clock, random, signal } = options;
  const startedAt = clock.monotonic();
  let refused: unknown;
  for (let round = 0; ; round += 1) {
    const tried: Credential<T>[] = [];
    for await (const credential of candidates(window, round)) {
      if (tried.some((other) => other.isSame(credential))) continue;
      tried.push(credential);
      try {
        return await operation(credential.secret);
      } catch (error) {
        if (!saysAuth(options, error)) throw error;
        refused = error;
      }
    }
    const waitMs = random() * Math.min(rotationRoundLongestMs, rotationRoundFirstMs * 2 ** round);
    const left = rotationRetryMs - (clock.monotonic() - startedAt);
    if (waitMs >= left || (await sleep(clock, waitMs, signal, "hold")) === "aborted") throw refused;
  }
}

async function* candidates<T>(window: RotationWindow<T>, round: number): AsyncGenerator<Credential<T>> {
  if (round === 0) {
    // The one read whose failure is the caller's: without a current credential there is nothing to run with.
    const current = await window.read("current", { refresh: false });
    if (current !== undefined) yield current;
  }
  for (const next of [
    () => window.read("current", { refresh: true }),
    () => window.read("previous", { refresh: round > 0 }),
    () => window.remembered(),
    () => window.read("pending", { refresh: round > 0 }),
  ]) {
    const credential = await next().catch(() => undefined);
    if (credential !== undefined) yield credential;
  }
}

function saysAuth({ isAuthError, signal }: WithWindowOptions, error: unknown): boolean {
  if (signal?.aborted) return false;
  try {
    return isAuthError(error);
  } catch {
    return false;
  }
}
