import { heldOf } from "../state/entry-state.ts";
import { replaceReason } from "../state/lease-step.ts";
import { reduceTenure } from "../state/reduce-tenure.ts";
import type { Grant } from "../state/tenure.ts";
import type { Engine } from "./engine.ts";
import type { Entry } from "./entry.ts";
import type { Retired } from "./lease-desk.ts";
import { about } from "./tell.ts";

/** What was held until now, for {@link landLease}. */
export interface Outgoing {
  readonly retired: Retired | undefined;
  readonly reason: ReturnType<typeof replaceReason>;
}

/** What a new record is about to take the place of; undefined where that has no lease. */
export function outgoingLease({ time }: Engine, entry: Entry): Outgoing | undefined {
  const { tenure, state } = entry;
  if (tenure.kind === "none") return undefined;
  const held = heldOf(state);
  const now = time.precise();
  const endsAt = held?.life.staleUntil ?? now;
  const { grant } = tenure;
  const isLeft = tenure.kind !== "over" && endsAt > now && grant.id !== undefined;
  return {
    retired: isLeft ? { entry, grant, loaded: held?.record, endsAt } : undefined,
    reason: replaceReason(tenure, endsAt - now),
  };
}

/** The entry holds the new record now: what that means for the lease of the old one, and for its own. */
export function landLease(
  engine: Engine,
  entry: Entry,
  grant: Grant | undefined,
  renewable: boolean,
  before: Outgoing | undefined,
): void {
  if (grant === undefined) {
    if (before !== undefined) entry.tenure = reduceTenure(entry.tenure, { kind: "released" });
  } else {
    entry.tenure = reduceTenure(entry.tenure, { kind: "granted", grant, renewable });
    engine.leases.granted(entry);
  }
  if (before === undefined) return;
  if (grant !== undefined) {
    const { reason } = before;
    engine.tell({ ...about(engine, entry), type: "lease-replaced", leaseMs: grant.spanMs, reason });
  }
  if (before.retired !== undefined) engine.leases.retired(before.retired);
}
