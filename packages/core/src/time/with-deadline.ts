import { called } from "../util/called.ts";
import type { Clock } from "./clock.ts";

/** What came first: the answer, the deadline, or the end of the caller's interest. */
export type DeadlineOutcome<T> =
  | { readonly value: T; readonly ended?: undefined }
  | { readonly ended: "timeout" | "aborted"; readonly value?: undefined };

/**
 * Runs `run` for at most `ms`. Its signal is aborted at the deadline and with `parent`, and the outcome does not wait
 * for it to obey; what it does afterwards, a rejection too, is ignored. Leaves no timer and no listener behind.
 *
 * @param parent Aborted beforehand: `run` is not called.
 * @throws What `run` throws or rejects with before the end.
 */
export function withDeadline<T>(
  clock: Clock,
  ms: number,
  run: (signal: AbortSignal) => Promise<T>,
  parent?: AbortSignal,
): Promise<DeadlineOutcome<T>> {
  if (parent?.aborted) return Promise.resolve({ ended: "aborted" });
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const end = (why: "timeout" | "aborted", reason: unknown) => {
      release();
      // Before the abort, so that a `run` that rejects as soon as it is aborted comes second.
      resolve({ ended: why });
      controller.abort(reason);
    };
    const elapse = () => end("timeout", new DOMException("The deadline has passed", "TimeoutError"));
    const abort = () => end("aborted", parent?.reason);
    const timer = clock.setTimer(elapse, ms, "hold");
    const release = () => {
      timer.cancel();
      parent?.removeEventListener("abort", abort);
    };
    parent?.addEventListener("abort", abort, { once: true });
    called(() => run(controller.signal)).then(
      (value) => {
        release();
        resolve({ value });
      },
      (error: unknown) => {
        release();
        reject(error);
      },
    );
  });
}
