import { randomUUID } from "node:crypto";
import { type FaultyServer, startFaultProxy } from "@secretsource/conformance/wire";
import type { RunningPostgres } from "../../../../tools/servers/index.ts";
import type { MintingStore } from "../minting-harness.ts";
import type { BaoAdmin } from "./bao-admin.ts";
import type { BaoBehindProxy } from "./bao-kv-store.ts";

/** What a case of one engine needs of its administrator. */
interface Engine {
  readonly grant: (name: string) => Promise<unknown>;
  readonly remove: (name: string) => Promise<unknown>;
  /** The path that a policy denies for one name, and the rule that allows all of them. */
  readonly pathOf: (name: string) => string;
  readonly capability: "read" | "update";
}

async function storeOf({ admin, server, ca, tls }: BaoBehindProxy, engine: Engine): Promise<MintingStore> {
  const policy = `minting-${randomUUID()}`;
  const rules: Record<string, readonly string[]> = {
    [engine.pathOf("*")]: [engine.capability],
    "sys/leases/revoke": ["update"],
  };
  await admin.policy(policy, rules);
  const token = await admin.token(policy);
  const wire: FaultyServer = await startFaultProxy({ to: server.url, ca, tls });
  return {
    address: wire.url,
    token,
    wire,
    grant: async (name) => void (await engine.grant(name)),
    remove: async (name) => void (await engine.remove(name)),
    async deny(name) {
      rules[engine.pathOf(name)] = ["deny"];
      await admin.policy(policy, rules);
    },
    endLease: async (id) => void (await admin.call("POST", "sys/leases/revoke", { lease_id: id, sync: true })),
    end: () => wire.close(),
  };
}

const creation = [
  `CREATE ROLE "{{name}}" WITH LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}';`,
  `GRANT pg_read_all_data TO "{{name}}";`,
];

/** Mounts a database engine that makes users of this PostgreSQL. */
export async function mountDatabase(admin: BaoAdmin, postgres: RunningPostgres): Promise<void> {
  await admin.call("POST", "sys/mounts/database", { type: "database" });
  await admin.call("POST", "database/config/pg", {
    plugin_name: "postgresql-database-plugin",
    allowed_roles: "*",
    // Otherwise a part of the name, which is no secret, is a part of the payload.
    username_template: "v-{{random 24}}",
    connection_url: `postgresql://{{username}}:{{password}}@127.0.0.1:${postgres.port}/postgres?sslmode=disable`,
    username: postgres.user,
    password: postgres.password,
  });
}

export function databaseStore(behind: BaoBehindProxy): Promise<MintingStore> {
  const { admin } = behind;
  const role = (name: string) => `database/roles/${name}`;
  return storeOf(behind, {
    grant: (name) =>
      admin.call("POST", role(name), {
        db_name: "pg",
        creation_statements: creation,
        default_ttl: "60s",
        max_ttl: "300s",
      }),
    remove: (name) => admin.call("DELETE", role(name)),
    pathOf: (name) => `database/creds/${name}`,
    capability: "read",
  });
}

/** Mounts a pki engine with an authority of its own. */
export async function mountPki(admin: BaoAdmin): Promise<void> {
  await admin.call("POST", "sys/mounts/pki", { type: "pki" });
  await admin.call("POST", "pki/root/generate/internal", { common_name: "The tests' own", ttl: "24h", key_type: "ec" });
}

export function pkiStore(behind: BaoBehindProxy): Promise<MintingStore> {
  const { admin } = behind;
  const role = (name: string) => `pki/roles/${name}`;
  return storeOf(behind, {
    grant: (name) => admin.call("POST", role(name), { allow_any_name: true, key_type: "ec", ttl: "1h", max_ttl: "2h" }),
    remove: (name) => admin.call("DELETE", role(name)),
    pathOf: (name) => `pki/issue/${name}`,
    capability: "update",
  });
}
