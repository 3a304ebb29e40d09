import type { VirtualClock } from "@secretsource/core/testing";
import type { FaultName } from "../../src/index.ts";
import { LabNetworkError, LabRefusal } from "./lab-errors.ts";

const retryAfterSeconds = 7;

/** What happens to a request that has reached the store, or would have. Resolves where it is answered all the same. */
export async function suffer(
  fault: FaultName,
  clock: VirtualClock,
  signal: AbortSignal,
  answer: string,
): Promise<void> {
  switch (fault) {
    case "slow":
      return wait(clock, 50, signal);
    case "hang":
      return wait(clock, Number.POSITIVE_INFINITY, signal);
    case "trickle":
      for (let bytes = 0; bytes < 600; bytes += 1) await wait(clock, 1000, signal);
      return;
    case "down":
    case "reset-before":
    case "reset-after":
      throw new LabNetworkError("ECONNRESET");
    case "garbage":
    case "half-answer":
      throw new SyntaxError(`Unexpected end of JSON input in ${answer}`);
    case "unauthenticated":
      throw new LabRefusal(401);
    case "throttled":
      throw new LabRefusal(429);
    case "throttled-with-wait":
      throw new LabRefusal(429, undefined, retryAfterSeconds);
    case "unavailable":
      throw new LabRefusal(503);
    case "unavailable-with-wait":
      throw new LabRefusal(503, undefined, retryAfterSeconds);
    case "foreign-404":
      throw new LabRefusal(404);
    case "redirect":
      throw new LabRefusal(307);
    case "huge":
      throw new LabRefusal(200, "too-large");
  }
}

/** Rejects with the signal's reason when it is aborted. */
export function wait(clock: VirtualClock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = clock.setTimer(() => {
      signal.removeEventListener("abort", abort);
      resolve();
    }, ms);
    const abort = () => {
      timer.cancel();
      reject(signal.reason);
    };
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });
}
