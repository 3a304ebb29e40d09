import type { SourceFailure } from "@secretsource/core/source";
import type { Clock } from "@secretsource/core/source-kit";

export interface TimeLimit {
  readonly clock: Clock;
  readonly ms: number;
  /** Ends the work before its time. */
  readonly end: AbortSignal;
}

/**
 * Work that belongs to the connection and not to one call: its end is its own, so that a caller who gives up does not
 * take it from the others. Whatever it throws becomes a failure without its text.
 */
export async function withTimeLimit<T>(
  { clock, ms, end }: TimeLimit,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | SourceFailure> {
  const controller = new AbortController();
  const stop = () => controller.abort();
  const timer = clock.setTimer(stop, ms, "hold");
  end.addEventListener("abort", stop, { once: true });
  if (end.aborted) stop();
  const stopped = new Promise<SourceFailure>((settle) => {
    const failed = () => settle(end.aborted ? { failure: "aborted" } : { failure: "timeout" });
    controller.signal.addEventListener("abort", failed, { once: true });
    if (controller.signal.aborted) failed();
  });
  try {
    return await Promise.race([work(controller.signal).catch(() => thrown(controller.signal, stopped)), stopped]);
  } finally {
    timer.cancel();
    end.removeEventListener("abort", stop);
  }
}

function thrown(signal: AbortSignal, stopped: Promise<SourceFailure>): Promise<SourceFailure> | SourceFailure {
  return signal.aborted
    ? stopped
    : {
        failure: "unknown",
        advice: "Something threw where it ought to have returned a failure: a login of your own, perhaps.",
      };
}
