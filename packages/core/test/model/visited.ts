import type * as outageStateModule from "../../src/state/outage-state.ts";
import type * as reduceEntryModule from "../../src/state/reduce-entry.ts";
import type * as reduceTenureModule from "../../src/state/reduce-tenure.ts";
import { entryPair, outagePair } from "./impossible-pairs.ts";
import { tenurePair } from "./tenure-pairs.ts";

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

export function countingTenure(original: typeof reduceTenureModule): typeof reduceTenureModule {
  return {
    ...original,
    reduceTenure(tenure, event) {
      count(tenurePair(tenure, event));
      return original.reduceTenure(tenure, event);
    },
  };
}
