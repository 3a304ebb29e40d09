import type { Tenure, TenureEvent } from "../../src/state/tenure.ts";

export const tenureStates = ["none", "renewable", "ending", "over"] as const;
export const tenureEvents = ["granted", "renewed", "truncated", "refused", "ended", "released"] as const;

type TenurePair = `${Tenure["kind"]} × ${TenureEvent["kind"]}`;

const noLease = "nothing happens to a lease that there is not";
const onlyRenewable = "only a lease that is renewable is asked to be renewed";
const once = "a lease ends once";

/** What the effects never do to a lease. Everything else must happen in its model-based test, and nothing of this. */
export const impossibleForTenures: Partial<Record<TenurePair, string>> = {
  "none × renewed": noLease,
  "none × truncated": noLease,
  "none × refused": noLease,
  "none × ended": noLease,
  "none × released": noLease,
  "ending × renewed": onlyRenewable,
  "ending × truncated": onlyRenewable,
  "ending × refused": onlyRenewable,
  "over × renewed": onlyRenewable,
  "over × truncated": onlyRenewable,
  "over × refused": onlyRenewable,
  "over × ended": once,
};

export function tenurePair(tenure: Tenure, event: TenureEvent): TenurePair {
  return `${tenure.kind} × ${event.kind}`;
}

export function possibleTenurePairs(): TenurePair[] {
  const pairs = tenureStates.flatMap((state) => tenureEvents.map((event): TenurePair => `${state} × ${event}`));
  return pairs.filter((pair) => impossibleForTenures[pair] === undefined);
}
