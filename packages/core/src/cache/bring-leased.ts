import { heldOf } from "../state/entry-state.ts";
import { leaseStep } from "../state/lease-step.ts";
import type { Arrival } from "./arrival.ts";
import { bringRead } from "./bring-read.ts";
import type { Departure } from "./departure.ts";
import type { Engine } from "./engine.ts";
import type { Entry } from "./entry.ts";
import type { Errand } from "./errand.ts";
import { loseLease } from "./lose-lease.ts";
import { renewLease } from "./renew-lease.ts";

/**
 * What the credential that is held needs: its lease renewed, or another one in its place. Where the one is out of the
 * question the other is tried, so that a credential is lost only if both are.
 */
export async function bringLeased(
  engine: Engine,
  entry: Entry,
  errand: Errand,
  signal: AbortSignal,
  on: Departure,
): Promise<Arrival> {
  const left = leftMs(engine, entry);
  if (left <= 0) loseLease(engine, entry, undefined);
  const isAsked = errand.bypassCaches;
  if (!isAsked && leaseStep(entry.tenure, left) === "renew") {
    const renewal = await renewLease(engine, entry, signal, on);
    if (renewal !== undefined) return renewal;
  }
  const minted = await bringRead(engine, entry, errand, signal);
  if (minted.kind !== "failure" || isAsked || signal.aborted) return minted;
  // Little is left, and no other is to be had.
  if (entry.tenure.kind !== "renewable" || leftMs(engine, entry) <= 0) return minted;
  return (await renewLease(engine, entry, signal, on)) ?? minted;
}

function leftMs({ time }: Engine, { state }: Entry): number {
  return (heldOf(state)?.life.staleUntil ?? 0) - time.precise();
}
