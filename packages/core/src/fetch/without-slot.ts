import { policyDefaults } from "../policy/defaults.ts";
import type { SourceFailure } from "../source/source-failure.ts";

/** What comes of a call that found no place in time. Nothing was asked, so it says nothing of the store. */
export function withoutSlot(signal: AbortSignal): SourceFailure {
  if (signal.aborted) return { failure: "aborted" };
  const advice = `${policyDefaults.concurrency} calls of this source were under way all the time: it answers too slowly for what is asked of it.`;
  return { failure: "timeout", advice };
}
