/**
 * The outcome of the work, or "aborted" as soon as the signal is; the work itself goes on for others. Leaves no
 * listener behind.
 */
export function untilAborted<T>(signal: AbortSignal | undefined, work: Promise<T>): Promise<T | "aborted"> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const abort = () => resolve("aborted");
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
