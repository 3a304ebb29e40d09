import type { SecretRecord, SecretSource, SourceFailure, SourceScheme, SourceTraits } from "@secretsource/core/source";
import { invalidOptions } from "@secretsource/core/source-kit";
import {
  isSuccess,
  objectIn,
  requestIdOf,
  secondsIn,
  serverTime,
  timeIn,
  type VaultAnswer,
} from "../answer/vault-answer.ts";
import { segmentsOf } from "../connection/segments.ts";
import { connectionFrom, type HeldConnection, type WithConnection } from "../connection/vault-connection.ts";
import { vaultDefaults } from "../defaults.ts";
import { textOr } from "../options/checks.ts";
import { uriVaultOptions } from "../uri/uri-vault-options.ts";
import { dataPayload } from "./data-payload.ts";
import { readBelow } from "./engine-request.ts";
import { mintingSource, mintingTraits } from "./minting-source.ts";
import { roleFailure } from "./role-failure.ts";

export interface VaultDatabaseOptions extends WithConnection {
  /** Where the engine is mounted. Default: `database`. */
  readonly mount?: string | undefined;
  /**
   * `dynamic`: each read makes a database user of its own, which ends with its lease. `static`: the engine rotates the
   * password of a user that is there. Default: `dynamic`.
   */
  readonly roles?: "dynamic" | "static" | undefined;
}

export interface VaultDatabase extends SourceScheme {
  /**
   * Users of a database. A secret's name is the name of the role; its payload is JSON with `username` and `password`, and
   * what else the engine says, but for the time that is left.
   *
   * A policy needs `read` on `MOUNT/creds/ROLE`, or on `MOUNT/static-creds/ROLE`; to end a lease before its time, `update`
   * on `sys/leases/revoke`.
   *
   * @throws SecretsError `invalid-options`
   */
  (options?: VaultDatabaseOptions): SecretSource;
  readonly scheme: "vault-database";
  /** `vault-database:` or `vault-database:MOUNT?roles=static`; also what every URI of this package takes. */
  fromUri(text: string): SecretSource;
}

const kind = "vault-database";

export const vaultDatabase: VaultDatabase = /* @__PURE__ */ Object.assign(databaseSource, {
  scheme: kind,
  fromUri(text: string) {
    const { path, connection, own } = uriVaultOptions(text, kind, ["roles"]);
    return databaseSource({ ...connection, mount: path, roles: own.roles as VaultDatabaseOptions["roles"] });
  },
} as const);

function databaseSource(options: VaultDatabaseOptions = {}): SecretSource {
  const { given, ...held } = connectionFrom(options, ["mount", "roles"], "vaultDatabase");
  const mount = segmentsOf(textOr(given.mount, "`mount` of vaultDatabase") ?? "database");
  const { roles = "dynamic" } = given;
  if (roles === "static") return staticRoles(held, mount);
  if (roles !== "dynamic") return invalidOptions('`roles` of vaultDatabase must be "dynamic" or "static".');
  return mintingSource(held, { kind, request: (role) => readBelow([...mount, "creds"], role) });
}

const staticTraits: SourceTraits = Object.freeze({ ...mintingTraits, mints: false });

function staticRoles({ connection, close }: HeldConnection, mount: readonly string[]): SecretSource {
  return Object.freeze<SecretSource>({
    specVersion: 1,
    kind,
    traits: staticTraits,
    async read({ name }, { signal }) {
      signal.throwIfAborted();
      const call = readBelow([...mount, "static-creds"], name);
      if ("failure" in call) return call;
      const answer = await connection.call(call, signal);
      if (answer.failure !== undefined) return answer;
      return isSuccess(answer) ? staticRecord(answer, connection.clock.now()) : roleFailure(answer, "static-roles");
    },
    classify: () => undefined,
    close,
  });
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
