import type { Gate } from "../cache/gate.ts";
import type { Loaded } from "../cache/loaded.ts";
import type { Decoded } from "../decode/decoded.ts";
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
export class VerifyGate implements Gate {
  readonly #verify: Verify;
  readonly #reading: Reading;
  readonly #clock: Clock;
  readonly #passed = new WeakSet<Decoded>();

  constructor(verify: Verify, reading: Reading, clock: Clock) {
    this.#verify = verify;
    this.#reading = reading;
    this.#clock = clock;
  }

  hasPassed({ decoded }: Loaded): boolean {
    return this.#passed.has(decoded);
  }

  async judge(next: Loaded, signal: AbortSignal): Promise<boolean> {
    const secret = await next.secret(this.#reading, undefined).catch(() => undefined);
    const accepted = secret === undefined || (await this.#accepts(secret as Secret<never>, signal));
    if (accepted) this.#passed.add(next.decoded);
    else this.#passed.delete(next.decoded);
    return accepted;
  }

  async #accepts(next: Secret<never>, signal: AbortSignal): Promise<boolean> {
    const ask = async (within: AbortSignal) => {
      await this.#verify(next, { signal: within });
    };
    try {
      const verdict = await withDeadline(this.#clock, policyDefaults.verifyMs, ask, signal);
      return verdict.ended === undefined;
    } catch {
      return false;
    }
  }
}
