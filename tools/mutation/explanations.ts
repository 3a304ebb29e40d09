import type { Explanation } from "./explain.ts";
import { explanationsOfFetch } from "./explanations-fetch.ts";

/** Every mutant that may live. */
export const explanations: readonly Explanation[] = [
  ...explanationsOfFetch,
  {
    file: "policy/freshness.ts",
    line: "...(overdueMs !== undefined && { overdueMs }),",
    mutant: "...(true && { overdueMs }),",
    why: "A property that is undefined is read as one that is absent.",
  },
  {
    file: "policy/refresh-point.ts",
    line: "const drawn = share < flat ? share * mean : ttlMs - (ttlMs - shortest) * Math.sqrt(1 - (share - flat) / (1 - flat));",
    mutant:
      "const drawn = share <= flat ? share * mean : ttlMs - (ttlMs - shortest) * Math.sqrt(1 - (share - flat) / (1 - flat));",
    why: "Where the two pieces meet they have the same value.",
  },
  {
    file: "state/mint-log.ts",
    line: "const counted = log.unplanned.filter((at) => now - at < mintWindowMs);",
    mutant: "const counted = log.unplanned.filter((at) => now - at <= mintWindowMs);",
    why: "One that is as old as the window is given back in this moment: the wait is 0 either way.",
  },
  {
    file: "state/mint-log.ts",
    line: "unplanned: [],",
    mutant: 'unplanned: ["Stryker was here"],',
    why: "What is no moment counts for nothing and is dropped at the first look.",
  },
  {
    file: "state/outage-state.ts",
    line: 'if (state.kind === "up" || !state.trying || event.startedAt < state.since) return state;',
    mutant: "if (false || !state.trying || event.startedAt < state.since) return state;",
    why: "A source that answers is not being tried; the comparison is for the compiler.",
  },
  {
    file: "state/outage-state.ts",
    line: 'if (state.kind === "up" || !state.trying || event.startedAt < state.since) return state;',
    mutant: 'if (state.kind === "" || !state.trying || event.startedAt < state.since) return state;',
    why: "A source that answers is not being tried; the comparison is for the compiler.",
  },
  {
    file: "state/outage-state.ts",
    line: 'if (state.kind === "up" && state.lastAnswerAt >= event.startedAt) return state;',
    mutant: "if (true && state.lastAnswerAt >= event.startedAt) return state;",
    why: "A source that is out has no such moment; the comparison is for the compiler.",
  },
  {
    file: "state/reduce-entry.ts",
    line: "default:",
    mutant: "default:",
    times: 2,
    why: "The compiler has proved that nothing comes here.",
  },
  {
    file: "state/reduce-tenure.ts",
    line: "default:",
    mutant: "default:",
    why: "The compiler has proved that nothing comes here.",
  },
];
