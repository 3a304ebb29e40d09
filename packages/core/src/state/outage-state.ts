import type { SourceFailure } from "../source/source-failure.ts";

/** Whether a source as a whole answers. */
export type OutageState =
  | { readonly kind: "up"; readonly lastAnswerAt: number }
  | {
      readonly kind: "down";
      readonly since: number;
      readonly failure: SourceFailure;
      /** Calls that failed in a row. */
      readonly calls: number;
      readonly nextTryAt: number;
      /** One call is finding out whether it still is down. */
      readonly trying: boolean;
    };

export type OutageEvent =
  /** The store gave an answer: a record or its own no. */
  | { readonly kind: "answered"; readonly at: number }
  /** A call ended unavailable, timed out or throttled, after its retries. */
  | {
      readonly kind: "failed";
      readonly startedAt: number;
      readonly at: number;
      readonly failure: SourceFailure;
      readonly waitMs: number;
      /** It was the one call that was made to find out. */
      readonly isTry: boolean;
    }
  | { readonly kind: "try-started" }
  /** The try ended without a word of the store. */
  | { readonly kind: "try-ended"; readonly startedAt: number; readonly nextTryAt: number };

export const sourceUp: OutageState = { kind: "up", lastAnswerAt: Number.NEGATIVE_INFINITY };

/** True if a call may be made at this moment. */
export function tryDue(state: OutageState, now: number): boolean {
  return state.kind === "up" || (!state.trying && now >= state.nextTryAt);
}

export function reduceOutage(state: OutageState, event: OutageEvent): OutageState {
  switch (event.kind) {
    case "answered":
      return { kind: "up", lastAnswerAt: event.at };
    case "failed":
      return failed(state, event);
    case "try-started":
      return state.kind === "up" ? state : { ...state, trying: true };
    case "try-ended":
      if (state.kind === "up" || !state.trying || event.startedAt < state.since) return state;
      return { ...state, trying: false, nextTryAt: event.nextTryAt };
  }
}

function failed(state: OutageState, event: Extract<OutageEvent, { kind: "failed" }>): OutageState {
  // Another call was answered while this one failed: that is no outage.
  if (state.kind === "up" && state.lastAnswerAt >= event.startedAt) return state;
  // It was under way when the outage was found: it says nothing new.
  if (state.kind === "down" && (!event.isTry || event.startedAt < state.since)) return state;
  return {
    kind: "down",
    since: state.kind === "up" ? event.at : state.since,
    failure: event.failure,
    calls: state.kind === "up" ? 1 : state.calls + 1,
    nextTryAt: event.at + event.waitMs,
    trying: false,
  };
}
