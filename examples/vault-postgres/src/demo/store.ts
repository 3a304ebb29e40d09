import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { askBao, startOpenBao, startPostgres } from "../../../../tools/servers/index.ts";

const creation = [
  `CREATE ROLE "{{name}}" WITH LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}'`,
  `GRANT SELECT ON orders TO "{{name}}"`,
];
/** With the user go its connections. Without the first line they would stay, and be refused each table. */
const revocation = [
  `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{{name}}'`,
  `DROP OWNED BY "{{name}}"`,
  `DROP ROLE IF EXISTS "{{name}}"`,
];

/** OpenBao and PostgreSQL, with a role whose users live for seconds, and a login that may do nothing but have some made. */
export async function startStore() {
  await using started = new AsyncDisposableStack();
  const postgres = started.use(await startPostgres());
  const bao = started.use(await startOpenBao());
  const folder = mkdtempSync(join(tmpdir(), "vault-postgres-"));
  started.defer(() => rmSync(folder, { recursive: true }));

  const { port, user, password } = postgres;
  const admin = new pg.Client({ host: "127.0.0.1", port, user, password, database: "postgres" });
  await admin.connect();
  started.defer(() => admin.end());
  await admin.query("CREATE TABLE orders AS SELECT generate_series(1, 7) AS id");

  await askBao(bao, "POST", "sys/mounts/database", { type: "database" });
  await askBao(bao, "POST", "database/config/shop", {
    plugin_name: "postgresql-database-plugin",
    allowed_roles: ["orders"],
    connection_url: `postgresql://{{username}}:{{password}}@127.0.0.1:${port}/postgres?sslmode=disable`,
    username: user,
    password,
  });
  await askBao(bao, "POST", "database/roles/orders", {
    db_name: "shop",
    creation_statements: creation,
    revocation_statements: revocation,
    default_ttl: "8s",
    max_ttl: "16s",
  });
  await askBao(bao, "PUT", "sys/policies/acl/orders", {
    policy: `
      path "database/creds/orders" { capabilities = ["read"] }
      path "sys/leases/revoke" { capabilities = ["update"] }`,
  });
  await askBao(bao, "POST", "sys/auth/approle", { type: "approle" });
  await askBao(bao, "POST", "auth/approle/role/orders", { token_policies: ["orders"], token_ttl: "1m" });
  const { role_id } = await askBao<{ role_id: string }>(bao, "GET", "auth/approle/role/orders/role-id");
  const { secret_id } = await askBao<{ secret_id: string }>(bao, "POST", "auth/approle/role/orders/secret-id", {});
  const secretIdFile = join(folder, "secret-id");
  writeFileSync(secretIdFile, secret_id);

  const end = started.move();
  return {
    /** What the service is started with. */
    env: {
      VAULT_ADDR: bao.url,
      VAULT_ROLE_ID: role_id,
      VAULT_SECRET_ID_FILE: secretIdFile,
      DATABASE_ROLE: "orders",
      PGHOST: "127.0.0.1",
      PGPORT: String(port),
      PGDATABASE: "postgres",
    },
    /** The users that OpenBao has made and not yet removed. */
    async users(): Promise<string[]> {
      const { rows } = await admin.query<{ name: string }>(
        "SELECT rolname AS name FROM pg_roles WHERE rolname ~ '^v-'",
      );
      return rows.map(({ name }) => name);
    },
    /** Those of them that have connections. */
    async connected(): Promise<string[]> {
      const { rows } = await admin.query<{ name: string }>(
        "SELECT DISTINCT usename AS name FROM pg_stat_activity WHERE usename ~ '^v-'",
      );
      return rows.map(({ name }) => name);
    },
    /** Behind the service's back. */
    endAllLeases: () => askBao(bao, "PUT", "sys/leases/revoke-prefix/database/creds/orders", {}),
    [Symbol.asyncDispose]: () => end.disposeAsync(),
  };
}
