const longestMs = 24 * 60 * 60 * 1000;

/**
 * How long an answer's `Retry-After` asks to wait, in ms; undefined where there is none, or one that cannot be read. At
 * most a day: core believes 5 minutes.
 *
 * @param retryAfter The header's value: whole seconds, or a date of HTTP.
 * @param date The value of the same answer's `Date`. A date to wait for is compared with it, since our clock may be wrong;
 *   without it a date says nothing.
 */
export function retryAfterMs(retryAfter: unknown, date: unknown): number | undefined {
  if (typeof retryAfter !== "string") return undefined;
  if (/^\d{1,9}$/.test(retryAfter)) return Math.min(longestMs, Number(retryAfter) * 1000);
  const until = httpDate(retryAfter);
  const from = httpDate(date);
  if (until === undefined || from === undefined) return undefined;
  return Math.min(longestMs, Math.max(0, until - from));
}

// The one form that senders have to use (RFC 9110, 5.6.7).
const form = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

function httpDate(text: unknown): number | undefined {
  // biome-ignore lint/style/noRestrictedGlobals: it parses a date and reads no clock.
  const ms = typeof text === "string" && form.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}
