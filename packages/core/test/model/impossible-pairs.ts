import type { EntryEvent } from "../../src/state/entry-event.ts";
import type { EntryState } from "../../src/state/entry-state.ts";
import type { OutageEvent, OutageState } from "../../src/state/outage-state.ts";

export const entryStates = ["empty", "loading", "failed", "held", "refreshing", "troubled"] as const;
export const entryEvents = ["started", "loaded", "confirmed", "curtailed", "failed", "ended"] as const;
/** `trying` is `down` with the one call under way that finds out. */
export const outageStates = ["up", "down", "trying"] as const;
export const outageEvents = ["answered", "failed", "try-started", "try-ended"] as const;

type EntryPair = `${EntryState<unknown>["kind"]} × ${EntryEvent<unknown>["kind"]}`;
type OutagePair = `${(typeof outageStates)[number]} × ${OutageEvent["kind"]}`;

const oneFlight = "an entry has one flight at a time";
const noFlight = "only a flight that is under way lands";
const nothingHeld = "where nothing is held, nothing can be confirmed";
const noLease = "where nothing is held, there is no lease";

/** What the effects never do to an entry. Everything else must happen in the model-based test, and nothing of this. */
export const impossibleForEntries: Partial<Record<EntryPair, string>> = {
  "loading × started": oneFlight,
  "refreshing × started": oneFlight,
  "empty × loaded": noFlight,
  "failed × loaded": noFlight,
  "held × loaded": noFlight,
  "troubled × loaded": noFlight,
  "empty × confirmed": noFlight,
  "loading × confirmed": nothingHeld,
  "failed × confirmed": noFlight,
  "held × confirmed": noFlight,
  "troubled × confirmed": noFlight,
  "empty × curtailed": noFlight,
  "loading × curtailed": noLease,
  "failed × curtailed": noFlight,
  "held × curtailed": noFlight,
  "troubled × curtailed": noFlight,
  "empty × failed": noFlight,
  "failed × failed": noFlight,
  "held × failed": noFlight,
  "troubled × failed": noFlight,
  // An entry that has landed hears the end of its flight too, but a landing leaves something.
  "empty × ended": noFlight,
};

const onlyWhenDue = "a try is admitted only when the source is down, and none is under way";
const onlyWhileTrying = "only a try that is under way ends";

/** The same for a source. */
export const impossibleForOutages: Partial<Record<OutagePair, string>> = {
  "up × try-started": onlyWhenDue,
  "trying × try-started": onlyWhenDue,
  "up × try-ended": onlyWhileTrying,
  "down × try-ended": onlyWhileTrying,
};

export function entryPair(state: EntryState<unknown>, event: EntryEvent<unknown>): EntryPair {
  return `${state.kind} × ${event.kind}`;
}

export function outagePair(state: OutageState, event: OutageEvent): OutagePair {
  return `${state.kind === "up" ? "up" : state.trying ? "trying" : "down"} × ${event.kind}`;
}

/** What happens only to credentials with a lease, which have a model of their own. */
export const leasedEntryPairs: readonly EntryPair[] = ["refreshing × curtailed"];

export function possibleEntryPairs(): EntryPair[] {
  const pairs = entryStates.flatMap((state) => entryEvents.map((event): EntryPair => `${state} × ${event}`));
  return pairs.filter((pair) => impossibleForEntries[pair] === undefined);
}

export function possibleOutagePairs(): string[] {
  const pairs = outageStates.flatMap((state) => outageEvents.map((event): OutagePair => `${state} × ${event}`));
  return pairs.filter((pair) => impossibleForOutages[pair] === undefined);
}
