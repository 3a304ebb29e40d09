import type { SecretsErrorCode } from "../errors/error-code.ts";
import type { Secret } from "../secret/secret.ts";
import { constantTimeEquals } from "./constant-time.ts";
import type { Credential, RotationWindow, WindowStage } from "./rotation-window.ts";

/**
 * Whether a credential accepts what is being verified: `true`, and nothing that only passes for it. `equals` compares with
 * its text or bytes in constant time; what is neither (a header that is missing) is not equal.
 */
export type AcceptCheck<T> = (
  secret: Secret<T>,
  equals: (given: string | Uint8Array) => boolean,
) => boolean | Promise<boolean>;

/** The window, and when it may be looked at again. */
export interface AcceptWindow<T> extends Pick<RotationWindow<T>, "read"> {
  /**
   * Looks at the store again because of a miss; undefined where that is not to be, or has been of late.
   *
   * @throws SecretsError where the store gives no usable answer.
   */
  refresh(): Promise<unknown> | undefined;
  /** The error for a member that may not be the store's present word any more. */
  doubt(stage: WindowStage, code: SecretsErrorCode): Error;
}

/**
 * The first of the stages' credentials, as the store has them, that accepts; undefined if none does. A miss looks at the
 * store again, at most once per 30 s and name.
 *
 * @throws SecretsError where no credential accepts and one could not be read: that is no "no".
 */
export async function acceptAnyOf<T>(
  window: AcceptWindow<T>,
  stages: readonly WindowStage[],
  check: AcceptCheck<T>,
): Promise<Secret<T> | undefined> {
  const tried: Credential<T>[] = [];
  const first = await firstAccepting(window, stages, check, tried);
  if (first.secret !== undefined) return first.secret;
  const refresh = window.refresh();
  if (refresh === undefined) return orThrow(first.failure);
  const [refreshed] = await Promise.allSettled([refresh]);
  const second = await firstAccepting(window, stages, check, tried);
  if (second.secret !== undefined) return second.secret;
  return orThrow(second.failure ?? (refreshed.status === "rejected" ? { error: refreshed.reason } : undefined));
}

interface Unread {
  readonly error: unknown;
}

function orThrow(failure: Unread | undefined): undefined {
  if (failure !== undefined) throw failure.error;
}

async function firstAccepting<T>(
  window: AcceptWindow<T>,
  stages: readonly WindowStage[],
  check: AcceptCheck<T>,
  tried: Credential<T>[],
): Promise<{ readonly secret?: Secret<T>; readonly failure?: Unread | undefined }> {
  const read = await Promise.allSettled(stages.map((stage) => window.read(stage)));
  let failure: Unread | undefined;
  for (const [index, member] of read.entries()) {
    if (member.status === "rejected") failure ??= { error: member.reason };
    if (member.status === "rejected" || member.value === undefined) continue;
    const credential = member.value;
    const { stale } = credential.secret;
    // It is not sure that the store has nothing newer, that would accept.
    if (stale !== undefined) failure ??= { error: window.doubt(stages[index] ?? "current", stale) };
    if (tried.some((other) => other.isSame(credential))) continue;
    tried.push(credential);
    const { secret } = credential;
    const equals = (given: string | Uint8Array) => {
      const value: unknown = secret.reveal();
      return isComparable(value) && isComparable(given) && constantTimeEquals(value, given);
    };
    if ((await check(secret, equals)) === true) return { secret };
  }
  return { failure };
}

function isComparable(value: unknown): value is string | Uint8Array {
  return typeof value === "string" || value instanceof Uint8Array;
}
