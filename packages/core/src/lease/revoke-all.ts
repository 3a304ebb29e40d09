import type { Retired } from "../cache/lease-desk.ts";
import { SecretsError } from "../errors/secrets-error.ts";
import { policyDefaults } from "../policy/defaults.ts";
import { saysLeaseOver } from "../policy/lease-refusal.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import type { Clock } from "../time/clock.ts";
import { withDeadline } from "../time/with-deadline.ts";

/** A lease that could not be revoked, and why. */
export interface Unrevoked {
  readonly lease: Retired;
  readonly failure: SourceFailure;
}

const outOfTime: SourceFailure = { failure: "timeout", advice: "The 10 s for it were over." };

/**
 * Revokes them all, each in one attempt, as many at once as a source takes, within 10 s together. Gives those that are
 * left: they end by themselves.
 */
export async function revokeAll(leases: readonly Retired[], clock: Clock): Promise<readonly Unrevoked[]> {
  const left = new Map(leases.map((lease) => [lease, outOfTime]));
  await withDeadline(clock, policyDefaults.revokeAllMs, (signal) =>
    Promise.all(
      leases.map(async (lease) => {
        const failure = await revoke(lease, signal);
        if (failure === undefined) left.delete(lease);
        else if (!signal.aborted) left.set(lease, failure);
      }),
    ),
  );
  return [...left].map(([lease, failure]) => ({ lease, failure }));
}

/** Says which lease, of how many, is left, and what the source says to do about it. */
export function unrevokedError(left: readonly Unrevoked[]): SecretsError {
  const [first] = left;
  const count =
    left.length === 1
      ? "1 lease was not revoked and ends by itself"
      : `${left.length} leases were not revoked and end by themselves`;
  const told = first?.failure.advice;
  return new SecretsError({
    code: first?.failure.failure ?? "unknown",
    source: first?.lease.entry.lane.name,
    secretName: first?.lease.entry.ref.name,
    advice: `${count}; everything is closed.${told === undefined ? "" : ` ${told}`}`,
  });
}

async function revoke({ entry, grant }: Retired, signal: AbortSignal): Promise<SourceFailure | undefined> {
  if (grant.id === undefined) return undefined;
  const answer = await entry.lane.revoke(grant.member, grant.id, signal);
  // A source without revocation has promised none.
  if (answer?.failure === undefined || saysLeaseOver(answer.failure.failure)) return undefined;
  return answer.failure;
}
