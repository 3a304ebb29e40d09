import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { ClientRequest } from "node:http";
import { type FaultyServer, startFaultProxy } from "@secretsource/conformance/wire";
import { vi } from "vitest";
import type { RunningOpenBao, RunningPostgres } from "../../../../tools/servers/index.ts";
import { appRole } from "../../src/auth/index.ts";
import { type VaultConnection, type VaultOptions, vaultConnection } from "../../src/index.ts";
import { BaoAdmin } from "../bao/bao-admin.ts";
import { mountDatabase } from "../bao/bao-minting-stores.ts";
import { Database } from "./database.ts";

interface Lasting {
  readonly ttl: string;
  readonly maxTtl: string;
}

export interface ShopOptions {
  /** Of each role that makes users. */
  readonly leases: Readonly<Record<string, Lasting>>;
  readonly token: Lasting;
  /** Of the static role; without it OpenBao rotates once a day. */
  readonly rotationPeriod?: string;
}

/** OpenBao and PostgreSQL set up for a program: roles that make users, and `shop`, a user whose password is rotated. */
export interface Shop {
  readonly admin: BaoAdmin;
  readonly database: Database;
  /** A connection of a program's own, with the proxy that counts its requests. */
  readonly connect: () => Promise<ProgramConnection>;
}

export interface ProgramConnection {
  readonly connection: VaultConnection;
  /** For a connection of a source's own. */
  readonly options: VaultOptions;
  readonly proxy: FaultyServer;
  /** Requests that have arrived so far and whose path holds this. */
  readonly count: (what: string) => number;
  /** Requests so far; also those that found nobody who listens. */
  readonly asked: () => number;
  /** Every token that a request bore. */
  readonly tokens: () => readonly string[];
  readonly close: () => Promise<void>;
}

export async function openShop(bao: RunningOpenBao, postgres: RunningPostgres, options: ShopOptions): Promise<Shop> {
  const admin = new BaoAdmin(bao.url, undefined, bao.token);
  const database = new Database(postgres);
  await database.prepare();
  // What has just been mounted, or unsealed, is not at once ready to be written to.
  await vi.waitFor(() => mountDatabase(admin, postgres), 10_000);
  for (const [name, { ttl, maxTtl }] of Object.entries(options.leases)) {
    await admin.call("POST", `database/roles/${name}`, {
      db_name: "pg",
      creation_statements: [
        `CREATE ROLE "{{name}}" WITH LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}';`,
        `GRANT INSERT ON orders TO "{{name}}";`,
      ],
      default_ttl: ttl,
      max_ttl: maxTtl,
    });
  }
  await admin.call("POST", "database/static-roles/shop", {
    db_name: "pg",
    username: "shop",
    rotation_period: options.rotationPeriod ?? "24h",
  });
  await admin.policy("app", {
    "database/creds/*": ["read"],
    "database/static-creds/shop": ["read"],
    "sys/leases/revoke": ["update"],
  });
  await admin.call("POST", "sys/auth/approle", { type: "approle" });
  await vi.waitFor(
    () =>
      admin.call("POST", "auth/approle/role/app", {
        token_policies: "app",
        token_ttl: options.token.ttl,
        token_max_ttl: options.token.maxTtl,
      }),
    10_000,
  );
  const { data: role } = await admin.call("GET", "auth/approle/role/app/role-id");
  const { data: secret } = await admin.call("POST", "auth/approle/role/app/secret-id", {});
  const login = appRole({
    roleId: (role as { role_id: string }).role_id,
    secretId: (secret as { secret_id: string }).secret_id,
  });

  async function connect(): Promise<ProgramConnection> {
    const proxy = await startFaultProxy({ to: bao.url });
    const refused = countRefused(proxy.port);
    const options = { address: proxy.url, env: {}, login };
    const connection = vaultConnection(options);
    return {
      connection,
      options,
      proxy,
      count: (what) => proxy.requests.filter(({ path }) => path.includes(what)).length,
      asked: () => proxy.requests.length + refused.count(),
      tokens: () => [...new Set(proxy.requests.flatMap(({ headers }) => headers["x-vault-token"] ?? []))],
      async close() {
        await connection.close();
        await proxy.close();
        refused.stop();
      },
    };
  }

  return { admin, database, connect };
}

/** What a proxy cannot see while it does not listen: Node's own client tells of every request that fails. */
function countRefused(port: number): { readonly count: () => number; readonly stop: () => void } {
  let count = 0;
  const hear = (message: unknown) => {
    const { request, error } = message as { request: ClientRequest; error: NodeJS.ErrnoException };
    if (error.code === "ECONNREFUSED" && request.getHeader("host") === `127.0.0.1:${port}`) count += 1;
  };
  subscribe("http.client.request.error", hear);
  return { count: () => count, stop: () => unsubscribe("http.client.request.error", hear) };
}
