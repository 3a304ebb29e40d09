import type { Gate } from "../cache/gate.ts";
import type { Reading } from "../decode/reading.ts";
import { policyDefaults } from "../policy/defaults.ts";
import type { Secret } from "../secret/secret.ts";
import type { Clock } from "../time/clock.ts";
import { withDeadline } from "../time/with-deadline.ts";

/** A user's hook that throws to refuse. */
export type Verify = (next: Secret<never>, context: { readonly signal: AbortSignal }) => unknown;

/**
 * The hook as a gate: what it throws refuses, and is not looked at, since it may quote the value. A version that this
 * hook's own reading (a schema, say) cannot use is not shown to it: that is its reader's trouble alone.
 */
export function verifyGate(verify: Verify, reading: Reading, clock: Clock): Gate {
  return async (next, signal) => {
    const secret = await next.secret(reading, undefined).catch(() => undefined);
    if (secret === undefined) return true;
    try {
      const verdict = await withDeadline(
        clock,
        policyDefaults.verifyMs,
        async (within) => {
          await verify(secret as Secret<never>, { signal: within });
        },
        signal,
      );
      return verdict.ended === undefined;
    } catch {
      return false;
    }
  };
}
