import { invalidOptions, readOptions } from "@secretsource/core/source-kit";
import { warnOfSkippedChecks } from "./certificate-warning.ts";
import { connectionSettings } from "./connection-settings.ts";
import { LateConnection } from "./late-connection.ts";
import { type VaultOptions, vaultOptionNames } from "./vault-options.ts";
import type { VaultConnection } from "./with-connection.ts";

const connections = new WeakMap<object, LateConnection>();

/**
 * Opens nothing yet: the first call does.
 *
 * @throws SecretsError `invalid-options`
 */
export function vaultConnection(options: VaultOptions = {}): VaultConnection {
  const connection = openConnection(options);
  const close = () => connection.close();
  const shared: VaultConnection = Object.freeze({ close, [Symbol.asyncDispose]: close });
  connections.set(shared, connection);
  return shared;
}

/** A source's connection, and how the source ends it. */
export interface HeldConnection {
  readonly connection: LateConnection;
  readonly close: () => Promise<void>;
}

/**
 * Parts a source's options into its own and its connection.
 *
 * @throws SecretsError `invalid-options`
 */
export function connectionFrom<Key extends string>(
  options: unknown,
  own: readonly Key[],
  factory: string,
): HeldConnection & { readonly given: Partial<Record<Key, unknown>> } {
  const all = readOptions(options, [...own, ...vaultOptionNames, "connection"] as const, `The options of ${factory}`);
  const given = all as Partial<Record<Key, unknown>>;
  const settings = Object.fromEntries(vaultOptionNames.filter((name) => name in all).map((name) => [name, all[name]]));
  if (all.connection === undefined) {
    const connection = openConnection(settings);
    return { given, connection, close: () => connection.close() };
  }
  if (Object.values(settings).some((value) => value !== undefined)) {
    return invalidOptions(`${factory} takes \`connection\`, or the options of a connection.`);
  }
  const connection = typeof all.connection === "object" ? connections.get(all.connection as object) : undefined;
  if (connection === undefined) {
    const advice =
      "must come from vaultConnection() of the same copy of this package: `import` and `require` give two.";
    return invalidOptions(`\`connection\` of ${factory} ${advice}`);
  }
  return { given, connection, close: async () => {} };
}

function openConnection(options: unknown): LateConnection {
  const settings = connectionSettings(options);
  if (settings.tls.skipVerify && settings.endpoint.origin.protocol === "https:") warnOfSkippedChecks();
  return new LateConnection(settings);
}
