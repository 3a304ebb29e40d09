import { isAbsence } from "../../src/policy/failure-class.ts";
import type { Reference, Sample } from "./reference.ts";

/** One question, one call; and no storms: calls for one secret keep the documented distances. */
export function checkDeparture(reference: Reference, next: Sample): void {
  const live = reference.live();
  if (reference.closed) throw new Error("a call was made after close()");
  const twin = live.find(({ key, id }) => key === next.key && !reference.abandoned.has(id));
  if (twin !== undefined) throw new Error(`a second call for ${next.key} while one is under way`);
  // An entry that was pushed out has forgotten what it knew; and a look at the version lands without an event.
  const { evicting, watched } = reference.config;
  if (!evicting && !watched) checkDistance(reference, next);
}

function checkDistance(reference: Reference, { key, started, forced }: Sample): void {
  const landing = reference.landings.get(key);
  if (landing === undefined) return;
  const calls = reference.samples.filter((sample) => sample.key === key && sample.id > landing.last.id);
  const made = calls.filter(({ id }) => !reference.abandoned.has(id));
  if (made.length >= 3) throw new Error(`a fourth attempt in one call for ${key}`);
  if (calls.length > 0) return;
  const { event, last, at, forcedSince } = landing;
  // Ages count from the start of the call, all attempts included.
  const from = event.type === "loaded" ? at.at - event.durationMs : at.at;
  if (last.started.moves !== started.moves) return;
  // What a cache on the way has answered is no answer to a forced refresh.
  if (forced && last.ageMs > 0) return;
  const leastMs = event.type === "loaded" ? 1000 : leastAfter(event.code, event.nextTryInMs, forcedSince);
  const passed = started.at - from + (started.stepped > 0 ? 50 : 0);
  if (passed < leastMs) {
    throw new Error(`asked for ${JSON.stringify(key)} again ${passed} ms after ${event.type}, instead of ${leastMs}`);
  }
}

function leastAfter(code: string, nextTryInMs: number, forced: boolean): number {
  const documented = code === "throttled" ? 5000 : isAbsence(code as "not-found") ? 10_000 : 100;
  if (nextTryInMs < documented) throw new Error(`${nextTryInMs} ms after ${code} is less than ${documented}`);
  return forced && code !== "throttled" ? Math.min(nextTryInMs, 1000) : nextTryInMs;
}
