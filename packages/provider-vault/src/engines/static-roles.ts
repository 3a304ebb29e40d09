import type { SecretRecord, SourceFailure } from "@secretsource/core/source";
import {
  isSuccess,
  objectIn,
  requestIdOf,
  secondsIn,
  serverTime,
  timeIn,
  type VaultAnswer,
} from "../answer/vault-answer.ts";
import type { Connection } from "../connection/connection.ts";
import { vaultDefaults } from "../defaults.ts";
import { dataPayload } from "./data-payload.ts";
import { readBelow } from "./engine-request.ts";
import { roleFailure } from "./role-failure.ts";

/** Reads database users whose password the engine rotates. */
export class StaticRoles {
  readonly #connection: Connection;
  readonly #mount: readonly string[];

  constructor(connection: Connection, mount: readonly string[]) {
    this.#connection = connection;
    this.#mount = mount;
  }

  /** @throws what the signal was aborted with. */
  async read(role: string, signal: AbortSignal): Promise<SecretRecord | SourceFailure> {
    signal.throwIfAborted();
    const call = readBelow([...this.#mount, "static-creds"], role);
    if ("failure" in call) return call;
    const answer = await this.#connection.call(call, signal);
    if (answer.failure !== undefined) return answer;
    return isSuccess(answer) ? staticRecord(answer, this.#connection.clock.now()) : roleFailure(answer, "static-roles");
  }
}

function staticRecord(answer: VaultAnswer, now: number): SecretRecord | SourceFailure {
  const data = dataPayload(answer, ["ttl"]);
  if (data.failure !== undefined) return data;
  const { ttl, last_vault_rotation, rotation_period } = objectIn(answer.body.data) ?? {};
  const leftMs = secondsIn(ttl);
  const createdAt = timeIn(last_vault_rotation);
  const dueAt = (createdAt ?? Number.NaN) + (secondsIn(rotation_period) ?? Number.NaN);
  const requestId = requestIdOf(answer);
  return {
    payload: data.payload,
    ...(createdAt !== undefined && { createdAt }),
    ...(leftMs !== undefined && { changesInMs: leftMs + graceMs(serverTime(answer, now) - dueAt) }),
    ...(requestId !== undefined && { requestId }),
  };
}

/**
 * How long after the announced moment to look. The engine counts whole seconds, rounded down: at that moment itself it
 * would be just before the rotation. Where the database is away, the engine says for as long as that lasts that the
 * rotation is due: then it is asked less and less often.
 */
function graceMs(overdueMs: number): number {
  const { rotationGraceMs, overdueRotationMostMs } = vaultDefaults;
  return overdueMs > 0 ? Math.min(overdueRotationMostMs, rotationGraceMs + overdueMs / 4) : rotationGraceMs;
}
