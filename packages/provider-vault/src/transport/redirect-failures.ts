import type { SourceFailure } from "@secretsource/core/source";
import { shownHost } from "./redirect-policy.ts";

export function notAllowed(status: number, location: string | undefined): SourceFailure {
  const advice = `The server redirects${toHost(location)}, which is not among the allowed hosts. If that is the active node of the cluster, name it in \`redirectsTo\`, or take the address of the cluster's load balancer.`;
  return { failure: "unavailable", advice, native: { status } };
}

export function inCircles(status: number): SourceFailure {
  const advice =
    "The nodes redirect to one another: the cluster has no leader just now, or its nodes' `api_addr` is wrong.";
  return { failure: "unavailable", advice, native: { status } };
}

/** These would be followed without method and body; no server of this kind sends them. */
export function ofAnotherKind(status: number, location: string | undefined): SourceFailure {
  const advice = `What answers redirects${toHost(location)} by ${status}, which is not followed: it is a load balancer or a login page. Set the address to where the server itself answers, and to \`https:\` if that is what is missing.`;
  return { failure: "unavailable", advice, native: { status } };
}

function toHost(location: string | undefined): string {
  const host = shownHost(location);
  return host === undefined ? "" : ` to ${host}`;
}
