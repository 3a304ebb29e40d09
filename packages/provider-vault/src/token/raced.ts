/** What the shared work comes to, for one of those who wait for it. @throws what the signal was aborted with. */
export function raced<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((settle, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(settle, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
