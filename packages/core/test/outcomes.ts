import { isSecretsError, type SecretsError } from "../src/errors/secrets-error.ts";
import type { VirtualClock } from "../src/testing/virtual-clock.ts";
import type { Duration } from "../src/time/duration.ts";

/** The error that the promise rejects with; throws if it resolves, or rejects with anything but a `SecretsError`. */
export async function refusal(promise: Promise<unknown>): Promise<SecretsError> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    if (isSecretsError(error)) return error;
    throw new Error("it rejected with something other than a SecretsError", { cause: error });
  }
  throw new Error(`it resolved with ${value === undefined ? "undefined" : typeof value}`);
}

/** As {@link refusal}, for what throws at once. */
export function thrownBy(run: () => unknown): SecretsError {
  try {
    run();
  } catch (error) {
    if (isSecretsError(error)) return error;
    throw new Error("it threw something other than a SecretsError", { cause: error });
  }
  throw new Error("it did not throw");
}

/** The settled promise while time passes; throws if it is still pending then. */
export async function within<T>(clock: VirtualClock, by: Duration, promise: Promise<T>): Promise<T> {
  // Its rejection is not unhandled while time passes.
  promise.catch(() => {});
  await clock.advance(by);
  if (await isPending(promise)) throw new Error(`it is still pending after ${by}`);
  return promise;
}

export async function isPending(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol("pending");
  const later = new Promise((resolve) => setImmediate(resolve, pending));
  return (await Promise.race([promise.catch(() => {}), later])) === pending;
}
