/**
 * Runs `work` until it settles or `signal` is aborted. A call of the file system cannot be taken back (on a dead
 * network mount it may hang for ever): after an abort it is left alone, and `work` closes what it opened when it comes
 * back.
 *
 * @throws The signal's reason after an abort.
 */
export async function untilAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let abort = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
  });
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
