import type { HttpAnswer } from "../transport/http-message.ts";
import { timeIn } from "./vault-answer.ts";

/** How long the server asks us to wait: seconds, or a date, which is compared with the server's own. */
export function retryAfterMs({ headers }: HttpAnswer): number | undefined {
  const text = headers["retry-after"]?.trim();
  if (text === undefined || text === "") return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const [until, now] = [timeIn(text), timeIn(headers.date)];
  return until === undefined || now === undefined ? undefined : Math.max(0, until - now);
}
