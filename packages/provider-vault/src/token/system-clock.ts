import type { Clock } from "@secretsource/core/source-kit";

const longestNativeDelayMs = 2 ** 31 - 1;

/** The machine's own time. No wait of this package is longer than a native timer can be. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimer(callback, delayMs, hold) {
    const native = setTimeout(callback, Math.min(Math.ceil(delayMs), longestNativeDelayMs));
    if (hold === undefined) native.unref();
    return { cancel: () => clearTimeout(native) };
  },
};
