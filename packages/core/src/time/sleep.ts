import type { Clock } from "./clock.ts";

/** Waits `ms`, or until `signal` is aborted. Never rejects for an abort; leaves no timer and no listener behind. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal, hold?: "hold"): Promise<"elapsed" | "aborted"> {
  if (signal?.aborted) return Promise.resolve("aborted");
  return new Promise((resolve) => {
    const abort = () => {
      timer.cancel();
      resolve("aborted");
    };
    const elapse = () => {
      signal?.removeEventListener("abort", abort);
      resolve("elapsed");
    };
    const timer = clock.setTimer(elapse, ms, hold);
    signal?.addEventListener("abort", abort, { once: true });
  });
}
