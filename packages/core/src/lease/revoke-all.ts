import type { Retired } from "../cache/lease-desk.ts";
import type { FailureCode } from "../errors/error-code.ts";
import { SecretsError } from "../errors/secrets-error.ts";
import { policyDefaults } from "../policy/defaults.ts";
import { saysLeaseOver } from "../policy/lease-refusal.ts";
import type { Clock } from "../time/clock.ts";
import { withDeadline } from "../time/with-deadline.ts";

/** A lease that could not be revoked, and why. */
export interface Unrevoked {
  readonly lease: Retired;
  readonly code: FailureCode;
}

/**
 * Revokes them all, each in one attempt, as many at once as a source takes, within 10 s together. Gives those that are
 * left: they end by themselves.
 */
export async function revokeAll(leases: readonly Retired[], clock: Clock): Promise<readonly Unrevoked[]> {
  const left = new Map(leases.map((lease) => [lease, "timeout" as FailureCode]));
  await withDeadline(clock, policyDefaults.revokeAllMs, (signal) =>
    Promise.all(
      leases.map(async (lease) => {
        const code = await revoke(lease, signal);
        if (code === undefined) left.delete(lease);
        else if (!signal.aborted) left.set(lease, code);
      }),
    ),
  );
  return [...left].map(([lease, code]) => ({ lease, code }));
}

/** Says which lease, of how many, is left. */
export function unrevokedError(left: readonly Unrevoked[]): SecretsError {
  const [first] = left;
  return new SecretsError({
    code: first?.code ?? "unknown",
    source: first?.lease.entry.lane.name,
    secretName: first?.lease.entry.ref.name,
    advice: `${left.length} ${left.length === 1 ? "lease" : "leases"} could not be revoked within 10 s and will end by themselves, or revoke them at the store; everything is closed.`,
  });
}

async function revoke({ entry, grant }: Retired, signal: AbortSignal): Promise<FailureCode | undefined> {
  if (grant.id === undefined) return undefined;
  const answer = await entry.lane.revoke(grant.member, grant.id, signal);
  // A source without revocation has promised none.
  if (answer?.failure === undefined || saysLeaseOver(answer.failure.failure)) return undefined;
  return answer.failure.failure;
}
