import { leaseSpan } from "../policy/lease-terms.ts";
import type { SecretRecord } from "../source/secret-record.ts";
import type { Grant } from "../state/tenure.ts";
import type { Engine } from "./engine.ts";

/** The lease that a record came with, as it was granted. */
export function grantOfRecord(
  { clock, time }: Engine,
  { lease, validUntil }: SecretRecord,
  member: number,
  askedAt: number,
): Grant | undefined {
  if (lease === undefined) return undefined;
  const validForMs = validUntil === undefined ? undefined : validUntil - clock.now();
  const spanMs = leaseSpan(lease, validForMs);
  const isKnown = validForMs !== undefined && validForMs > 0;
  return {
    member,
    id: lease.id,
    spanMs,
    validUntil: isKnown ? Math.max(askedAt, time.precise() + validForMs) : Number.POSITIVE_INFINITY,
  };
}
