import type { SecretSource, SourceScheme, SourceTraits } from "@secretsource/core/source";
import { invalidOptions } from "@secretsource/core/source-kit";
import { segmentsOf } from "../connection/segments.ts";
import { connectionFrom, type HeldConnection } from "../connection/vault-connection.ts";
import type { WithConnection } from "../connection/with-connection.ts";
import { textOr } from "../options/checks.ts";
import { uriVaultOptions } from "../uri/uri-vault-options.ts";
import { mintingSource, mintingTraits } from "./minting-source.ts";

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
  return mintingSource(kind, held, ({ databasePlan }) => databasePlan(mount));
}

const staticTraits: SourceTraits = Object.freeze({ ...mintingTraits, mints: false });

function staticRoles({ connection, close }: HeldConnection, mount: readonly string[]): SecretSource {
  const calling = connection.calling(({ StaticRoles }, made) => new StaticRoles(made, mount));
  return Object.freeze<SecretSource>({
    specVersion: 1,
    kind,
    traits: staticTraits,
    read: ({ name }, { signal }) => calling(signal, (roles) => roles.read(name, signal)),
    load: () => connection.load(),
    classify: () => undefined,
    close,
  });
}
