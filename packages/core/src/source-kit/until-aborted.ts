import { called } from "../util/called.ts";

/**
 * Runs `work` until it settles or `signal` is aborted. A call of the file system cannot be taken back (on a dead
 * network mount it may hang for ever): after an abort it is left alone, and `work` closes what it opened when it comes
 * back.
 *
 * @throws The signal's reason after an abort.
 */
export function untilAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const abort = () => reject(signal.reason);
    const release = () => signal.removeEventListener("abort", abort);
    signal.addEventListener("abort", abort, { once: true });
    called(work).then(
      (value) => {
        release();
        resolve(value);
      },
      (error: unknown) => {
        release();
        reject(error);
      },
    );
  });
}
