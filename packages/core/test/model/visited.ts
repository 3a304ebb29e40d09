import type * as outageStateModule from "../../src/state/outage-state.ts";
import type * as reduceEntryModule from "../../src/state/reduce-entry.ts";
import { entryPair, outagePair } from "./impossible-pairs.ts";

/** How often each event has met each state. */
export const visited = new Map<string, number>();

function count(pair: string): void {
  visited.set(pair, (visited.get(pair) ?? 0) + 1);
}

export function countingEntry(original: typeof reduceEntryModule): typeof reduceEntryModule {
  return {
    ...original,
    reduceEntry(state, event) {
      count(entryPair(state, event));
      return original.reduceEntry(state, event);
    },
  };
}

export function countingOutage(original: typeof outageStateModule): typeof outageStateModule {
  return {
    ...original,
    reduceOutage(state, event) {
      count(outagePair(state, event));
      return original.reduceOutage(state, event);
    },
  };
}
