import type { SecretsErrorCode } from "../errors/error-code.ts";
import { policyDefaults } from "../policy/defaults.ts";
import { mayServeStale } from "../policy/failure-class.ts";
import { freshness } from "../policy/freshness.ts";
import { type EntryState, type Held, heldOf, type Trouble, troubleOf } from "./entry-state.ts";
import type { Setback } from "./setback.ts";
import { surfaced } from "./surfaced.ts";

/** What a reader wants, and what is known besides the entry. */
export interface ReadCircumstances {
  readonly now: number;
  readonly refresh: boolean;
  readonly maxAgeMs: number | undefined;
  /** The source is known to be out. `tryDue`: one call may find out whether it still is. */
  readonly outage: { readonly failure: Setback; readonly tryDue: boolean } | undefined;
  /** The source came back, and this entry's turn to refresh has not come. */
  readonly awaitingTurn: SecretsErrorCode | undefined;
}

/** What to do for this reader now. */
export type ReadDecision<Record> =
  /** Answer from memory; `refresh` starts a call behind, unless one is under way. */
  | {
      readonly do: "serve";
      readonly held: Held<Record>;
      readonly stale: SecretsErrorCode | undefined;
      readonly refresh: boolean;
    }
  /** Join the call under way, or start one. */
  | { readonly do: "await" }
  | { readonly do: "fail"; readonly failure: Setback; readonly limit: boolean };

/** What happens on a read. */
export function decideRead<Record>(state: EntryState<Record>, on: ReadCircumstances): ReadDecision<Record> {
  if (on.refresh) return decideForced(state, on);
  const held = heldOf(state);
  const trouble = troubleOf(state);
  if (held === undefined) return decideWithout(trouble, "flight" in state, on);
  if (surfaced(trouble, on.now, held.life)) return decideWithout(trouble, "flight" in state, on);
  const fresh = freshness(held.life, on.now);
  const obstacle = heldBack(trouble, on);
  const due = obstacle === undefined;
  if ((fresh === "fresh" || fresh === "aging") && !tooOld(held, on)) {
    const wanted = fresh === "aging" || (trouble !== undefined && !held.life.leased);
    const refresh = due && on.awaitingTurn === undefined && wanted;
    return { do: "serve", held, stale: knownToBeOld(trouble), refresh };
  }
  const reason = trouble?.refusal?.failure ?? trouble?.failure ?? on.outage?.failure;
  if (reason !== undefined) {
    // The outage's trouble has ended with the outage: what failed in it waits for its turn like all others.
    const waitsForTurn = on.awaitingTurn !== undefined && trouble?.refusal === undefined && !tooOld(held, on);
    if (fresh !== "expired") return { do: "serve", held, stale: reason.failure, refresh: due && !waitsForTurn };
    if (due || "flight" in state) return { do: "await" };
    return { do: "fail", failure: obstacle, limit: isLimit(obstacle) };
  }
  if (on.awaitingTurn !== undefined && fresh !== "expired" && !tooOld(held, on)) {
    return { do: "serve", held, stale: on.awaitingTurn, refresh: false };
  }
  return { do: "await" };
}

/** What happens when the call that a reader waited for has failed. */
export function decideAfterFailure<Record>(
  state: EntryState<Record>,
  failure: Setback,
  on: Pick<ReadCircumstances, "now" | "refresh">,
): Exclude<ReadDecision<Record>, { do: "await" }> {
  const held = heldOf(state);
  const trouble = troubleOf(state);
  if (on.refresh || held === undefined || surfaced(trouble, on.now, held.life))
    return { do: "fail", failure, limit: false };
  const outage = mayServeStale(failure.failure);
  if (on.now >= held.life.staleUntil) return { do: "fail", failure, limit: isLimit(failure) };
  if (!outage && trouble?.refusal === undefined) return { do: "fail", failure, limit: false };
  return { do: "serve", held, stale: trouble?.refusal?.failure.failure ?? failure.failure, refresh: false };
}

function decideForced<Record>(state: EntryState<Record>, on: ReadCircumstances): ReadDecision<Record> {
  if ("flight" in state) return { do: "await" };
  const held = heldOf(state);
  const trouble = troubleOf(state);
  const { refreshJoinMs } = policyDefaults;
  if (trouble !== undefined && on.now - trouble.at < refreshJoinMs) {
    return { do: "fail", failure: trouble.failure, limit: false };
  }
  // One that a cache upstream gave counts from its own age, unless that cache was asked to be passed by: then the store
  // has been asked, and asking again at every read would bring nothing else.
  if (held !== undefined && trouble === undefined && on.now - answeredAt(held) < refreshJoinMs) {
    return { do: "serve", held, stale: undefined, refresh: false };
  }
  if (on.outage !== undefined && !on.outage.tryDue) return { do: "fail", failure: on.outage.failure, limit: false };
  if (trouble?.failure.failure === "throttled" && on.now < trouble.nextTryAt) {
    return { do: "fail", failure: trouble.failure, limit: false };
  }
  return { do: "await" };
}

/** False for what a cache upstream remembered when a call that did not pass it by was joined: a forced refresh asks again. */
export function answersForced({ life, pastCaches }: Held<unknown>): boolean {
  return pastCaches === true || life.askedAt - life.loadedAt < policyDefaults.refreshJoinMs;
}

function answeredAt({ life, pastCaches }: Held<unknown>): number {
  return pastCaches ? life.askedAt : life.loadedAt;
}

function decideWithout(trouble: Trouble | undefined, flying: boolean, on: ReadCircumstances): ReadDecision<never> {
  const failure = heldBack(trouble, on);
  return flying || failure === undefined ? { do: "await" } : { do: "fail", failure, limit: false };
}

/**
 * Why no call may be made now; undefined where one may. A failure holds until its next try; after that only the outage is
 * known. So a remembered absence is never passed off as the word of a store that cannot be reached.
 */
function heldBack(trouble: Trouble | undefined, on: ReadCircumstances): Setback | undefined {
  if (trouble !== undefined && on.now < trouble.nextTryAt) return trouble.failure;
  return on.outage?.tryDue === false ? on.outage.failure : undefined;
}

/** True where the failure alone does not say why the last good value is not served: it has become too old. */
function isLimit({ failure }: Setback): boolean {
  return mayServeStale(failure) && failure !== "mint-budget-exhausted";
}

/** A value within its ttl that the store has something newer than. */
function knownToBeOld(trouble: Trouble | undefined): SecretsErrorCode | undefined {
  const code = trouble?.failure.failure;
  return code === "verify-failed" ? code : trouble?.refusal?.failure.failure;
}

function tooOld({ life }: Held<unknown>, on: ReadCircumstances): boolean {
  // A credential is as good as its lease, however old; another look would make another one.
  if (on.maxAgeMs === undefined || life.leased || on.now - life.loadedAt < on.maxAgeMs) return false;
  // What was asked for a moment ago has to do, or a caller with a small `maxAge` makes a call per read.
  return on.now - life.askedAt >= policyDefaults.refreshJoinMs;
}
