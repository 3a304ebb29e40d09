import type { Lease, SecretRecord, SourceFailure } from "@secretsource/core/source";
import { isFailureBehind } from "../answer/status-failures.ts";
import { isSuccess, requestIdOf } from "../answer/vault-answer.ts";
import type { CallAnswer, Connection } from "../connection/connection.ts";
import type { VaultCall } from "../connection/vault-call.ts";
import { dataPayload } from "./data-payload.ts";
import { ageMs, LeaseBook } from "./lease-book.ts";
import { roleFailure } from "./role-failure.ts";

/** What one engine that mints credentials is made of. */
export interface MintingPlan {
  /** The request for a name, or why there is none. */
  readonly request: (name: string) => VaultCall | SourceFailure;
  /** What an answer that is no success stands for. Default: {@link roleFailure}. */
  readonly refusal?: (answer: CallAnswer) => SourceFailure;
  /** What the engine says besides. May wait, for as long as the signal lets it. */
  readonly refine?: (
    record: SecretRecord,
    answer: CallAnswer,
    signal: AbortSignal,
    call: VaultCall,
  ) => SecretRecord | SourceFailure | Promise<SecretRecord | SourceFailure>;
}

/** Makes a new credential at every read, with its lease. */
export class Minting {
  readonly #connection: Connection;
  readonly #plan: MintingPlan;
  readonly #book: LeaseBook;

  constructor(connection: Connection, plan: MintingPlan) {
    this.#connection = connection;
    this.#plan = plan;
    this.#book = new LeaseBook(connection);
  }

  /** @throws what the signal was aborted with. */
  async read(name: string, signal: AbortSignal): Promise<SecretRecord | SourceFailure> {
    signal.throwIfAborted();
    const call = this.#plan.request(name);
    if ("failure" in call) return call;
    this.#connection.endKept();
    const answer = await this.#connection.call({ use: "lease", ...call }, signal);
    if (answer.failure !== undefined) return answer;
    if (!isSuccess(answer)) return mintingFailure(answer, this.#plan.refusal ?? roleFailure);
    try {
      const record = recordIn(answer, this.#book);
      const refined =
        record.failure === undefined ? await this.#plan.refine?.(record, answer, signal, call) : undefined;
      const result = refined ?? record;
      if (result.failure !== undefined) this.#book.abandon(answer);
      return result;
    } catch (error) {
      this.#book.abandon(answer);
      throw error;
    }
  }

  renew(id: string, signal: AbortSignal): Promise<Lease | SourceFailure> {
    return this.#book.renew(id, signal);
  }

  revoke(id: string, signal: AbortSignal): Promise<void | SourceFailure> {
    return this.#book.revoke(id, signal);
  }
}

/**
 * Where the server itself says that it failed, it has taken back what it had begun: it answers only when the lease is
 * registered, and revokes what it cannot register. What stands before it (a load balancer) does not know.
 */
function mintingFailure(answer: CallAnswer, refusal: (answer: CallAnswer) => SourceFailure): SourceFailure {
  const failure = refusal(answer);
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
