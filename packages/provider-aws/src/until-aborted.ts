/**
 * What `work` comes to, unless `signal` is aborted before. The SDK passes a signal to its requests, but not to what goes
 * before them: looking for credentials may take a minute.
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
