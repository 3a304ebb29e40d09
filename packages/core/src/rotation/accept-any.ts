import { policyDefaults } from "../policy/defaults.ts";
import type { Secret } from "../secret/secret.ts";
import { constantTimeEquals } from "./constant-time.ts";
import type { Credential, RotationWindow, WindowStage } from "./rotation-window.ts";

/** Whether a credential accepts what is being verified. `equals` compares with its text or bytes in constant time. */
export type AcceptCheck<T> = (
  secret: Secret<T>,
  equals: (given: string | Uint8Array) => boolean,
) => boolean | Promise<boolean>;

/** When a miss of a name last made us look. */
export interface MissMemory {
  at: number;
}

/**
 * The first of the stages' credentials, as the store has them, that accepts; undefined if none does. A miss looks at the
 * store again, at most once per 30 s and name.
 *
 * @throws SecretsError where no credential accepts and one could not be read: that is no "no".
 */
export async function acceptAnyOf<T>(
  window: RotationWindow<T>,
  stages: readonly WindowStage[],
  check: AcceptCheck<T>,
  { now, missed }: { readonly now: number; readonly missed: MissMemory },
): Promise<Secret<T> | undefined> {
  const tried: Credential<T>[] = [];
  const first = await firstAccepting(window, stages, check, tried, false);
  if (first.secret !== undefined) return first.secret;
  if (now - missed.at >= policyDefaults.missRefreshMs) {
    missed.at = now;
    const second = await firstAccepting(window, stages, check, tried, true);
    if (second.secret !== undefined) return second.secret;
    if (second.failure !== undefined) throw second.failure;
    return undefined;
  }
  if (first.failure !== undefined) throw first.failure;
  return undefined;
}

async function firstAccepting<T>(
  window: RotationWindow<T>,
  stages: readonly WindowStage[],
  check: AcceptCheck<T>,
  tried: Credential<T>[],
  refresh: boolean,
): Promise<{ secret?: Secret<T>; failure?: unknown }> {
  const read = await Promise.allSettled(stages.map((stage) => window.read(stage, { refresh })));
  for (const member of read) {
    if (member.status === "rejected" || member.value === undefined) continue;
    const credential = member.value;
    if (tried.some((other) => other.isSame(credential))) continue;
    tried.push(credential);
    const { secret } = credential;
    const equals = (given: string | Uint8Array) => {
      const value: unknown = secret.reveal();
      return (typeof value === "string" || value instanceof Uint8Array) && constantTimeEquals(value, given);
    };
    if (await check(secret, equals)) return { secret };
  }
  const failed = read.find((member) => member.status === "rejected");
  return failed === undefined ? {} : { failure: failed.reason };
}
