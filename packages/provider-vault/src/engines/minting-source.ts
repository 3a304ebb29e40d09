import type { SecretRecord, SecretRef, SecretSource, SourceFailure, SourceTraits } from "@secretsource/core/source";
import { isFailureBehind } from "../answer/status-failures.ts";
import { isSuccess, requestIdOf } from "../answer/vault-answer.ts";
import type { CallAnswer } from "../connection/connection.ts";
import type { VaultCall } from "../connection/vault-call.ts";
import type { HeldConnection } from "../connection/vault-connection.ts";
import { dataPayload } from "./data-payload.ts";
import { ageMs, LeaseBook } from "./lease-book.ts";
import { roleFailure } from "./role-failure.ts";

/** What one engine that mints credentials is made of. */
export interface MintingPlan {
  readonly kind: string;
  /** The request for a name, or why there is none. */
  readonly request: (name: string) => VaultCall | SourceFailure;
  /** What the engine says besides. May wait, for as long as the signal lets it. */
  readonly refine?: (
    record: SecretRecord,
    answer: CallAnswer,
    signal: AbortSignal,
    call: VaultCall,
  ) => SecretRecord | SourceFailure | Promise<SecretRecord | SourceFailure>;
}

export const mintingTraits: SourceTraits = Object.freeze({
  stages: Object.freeze(["current"] as const),
  versionIds: false,
  labels: false,
  binary: false,
  mints: true,
});

/** A source whose every read makes a new credential, with its lease. */
export function mintingSource({ connection, close }: HeldConnection, plan: MintingPlan): SecretSource {
  const book = new LeaseBook(connection);

  async function read({ name }: SecretRef, signal: AbortSignal): Promise<SecretRecord | SourceFailure> {
    signal.throwIfAborted();
    const call = plan.request(name);
    if ("failure" in call) return call;
    const answer = await connection.call({ use: "lease", ...call }, signal);
    if (answer.failure !== undefined) return answer;
    if (!isSuccess(answer)) return mintingFailure(answer);
    try {
      const record = recordIn(answer, book);
      const refined = record.failure === undefined ? await plan.refine?.(record, answer, signal, call) : undefined;
      const result = refined ?? record;
      if (result.failure !== undefined) book.abandon(answer);
      return result;
    } catch (error) {
      book.abandon(answer);
      throw error;
    }
  }

  return Object.freeze<SecretSource>({
    specVersion: 1,
    kind: plan.kind,
    traits: mintingTraits,
    read: (ref, { signal }) => read(ref, signal),
    leases: book.methods,
    classify: () => undefined,
    close,
  });
}

/**
 * Where the server itself says that it failed, it has taken back what it had begun: it answers only when the lease is
 * registered, and revokes what it cannot register. What stands before it (a load balancer) does not know.
 */
function mintingFailure(answer: CallAnswer): SourceFailure {
  const failure = roleFailure(answer);
  if (failure.failure !== "unavailable" || !Array.isArray(answer.body.errors)) return failure;
  return { ...failure, madeNothing: true, ...(isFailureBehind(answer) && { thisSecretOnly: true }) };
}

function recordIn(answer: CallAnswer, book: LeaseBook): SecretRecord | SourceFailure {
  const data = dataPayload(answer);
  if (data.failure !== undefined) return data;
  const lease = book.granted(answer);
  if (lease !== undefined && "failure" in lease) return lease;
  const requestId = requestIdOf(answer);
  const age = ageMs(answer);
  return {
    payload: data.payload,
    ...(lease !== undefined && { lease }),
    ...(age > 0 && { ageMs: age }),
    ...(requestId !== undefined && { requestId }),
  };
}
