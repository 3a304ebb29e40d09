const longestMs = 24 * 60 * 60 * 1000;

/** How long the service asks us to wait, ms: `x-amz-retry-after` (ms), or `Retry-After` (seconds, or a date). */
export function retryAfterMs(headers: Readonly<Record<string, unknown>>): number | undefined {
  const own = waitOf(headers["x-amz-retry-after"], 1);
  if (own !== undefined) return own;
  const common = headers["retry-after"];
  const seconds = waitOf(common, 1000);
  if (seconds !== undefined) return seconds;
  // Compared with the answer's own date: our clock may be wrong.
  const until = dateOf(common);
  const from = dateOf(headers.date) ?? Date.now();
  return until === undefined ? undefined : Math.min(longestMs, Math.max(0, until - from));
}

function waitOf(value: unknown, unitMs: number): number | undefined {
  if (typeof value !== "string" || !/^\d{1,9}(?:\.\d{1,9})?$/.test(value)) return undefined;
  return Math.min(longestMs, Number(value) * unitMs);
}

function dateOf(value: unknown): number | undefined {
  const date = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : date;
}
