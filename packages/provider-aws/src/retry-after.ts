import { retryAfterMs } from "@secretsource/core/source-kit";

const longestMs = 24 * 60 * 60 * 1000;

/** How long the service asks us to wait, ms: by AWS's own header, which is in ms, or by the common one. */
export function waitMs(headers: Readonly<Record<string, unknown>>): number | undefined {
  const own = headers["x-amz-retry-after"];
  if (typeof own === "string" && /^\d{1,9}$/.test(own)) return Math.min(longestMs, Number(own));
  return retryAfterMs(headers["retry-after"], headers.date);
}
