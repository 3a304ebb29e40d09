/** What we look at of `google.rpc.ErrorInfo`, `RetryInfo` (google/rpc/error_details.proto). */
export interface ErrorDetails {
  /** Of `google.api.ErrorReason`, such as `SERVICE_DISABLED`. Empty where none is said. */
  readonly reason: string;
  readonly permission: unknown;
  readonly retryDelayMs: number | undefined;
}

interface Detail {
  readonly reason?: unknown;
  readonly domain?: unknown;
  readonly metadata?: { readonly permission?: unknown } | null;
  readonly retryDelay?: unknown;
}

/** By their parts, since each transport of the SDK gives them in a form of its own. */
export function errorDetailsIn(details: readonly unknown[]): ErrorDetails {
  const all = details.filter((one): one is Detail => typeof one === "object" && one !== null);
  const info = all.find(({ reason, domain }) => typeof reason === "string" && typeof domain === "string");
  const retryDelayMs = all.map(({ retryDelay }) => durationMs(retryDelay)).find((ms) => ms !== undefined);
  return {
    reason: typeof info?.reason === "string" ? info.reason : "",
    permission: info?.metadata?.permission,
    retryDelayMs: retryDelayMs === undefined ? undefined : Math.min(longestMs, retryDelayMs),
  };
}

/** Of a wait. */
const longestMs = 24 * 60 * 60 * 1000;

/** A `google.protobuf.Duration`: `"7.5s"` in JSON, seconds and nanoseconds otherwise. */
export function durationMs(duration: unknown): number | undefined {
  const seconds = secondsIn(duration);
  if (seconds === undefined || !Number.isFinite(seconds) || seconds < 0) return undefined;
  return Math.ceil(seconds * 1000);
}

function secondsIn(duration: unknown): number | undefined {
  if (typeof duration === "string")
    return /^\d{1,12}(?:\.\d{1,9})?s$/.test(duration) ? Number.parseFloat(duration) : undefined;
  if (typeof duration !== "object" || duration === null) return undefined;
  const { seconds = 0, nanos = 0 } = duration as { readonly seconds?: unknown; readonly nanos?: unknown };
  return Number(String(seconds)) + Number(nanos) / 1e9;
}
