import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

/** True after that time; false as soon as the connection, or the server, is closed. Keeps no process from ending. */
export async function pauseFor(ms: number, response: ServerResponse, closing: AbortSignal): Promise<boolean> {
  const gone = new AbortController();
  const stop = () => gone.abort();
  response.once("close", stop);
  try {
    await delay(ms, undefined, { signal: AbortSignal.any([gone.signal, closing]), ref: false });
    return !response.destroyed;
  } catch {
    return false;
  } finally {
    response.off("close", stop);
  }
}
