import { randomUUID } from "node:crypto";
import { startFaultProxy } from "@secretsource/conformance/wire";
import type { Database } from "../shop/database.ts";
import type { ChoosingStaticRoles } from "../static-roles-harness.ts";
import type { BaoBehindProxy } from "./bao-kv-store.ts";

/** The static roles of a real server, whose users are the database's own, with a policy for one case. */
export async function baoStaticRoles(
  { admin, server, ca, tls }: BaoBehindProxy,
  database: Database,
): Promise<ChoosingStaticRoles> {
  const policy = `static-${randomUUID()}`;
  const rules: Record<string, readonly string[]> = { "database/static-creds/*": ["read"] };
  await admin.policy(policy, rules);
  const token = await admin.token(policy);
  const wire = await startFaultProxy({ to: server.url, ca, tls });
  const roles = new Set<string>();

  /** The engine sets the first password at once. Otherwise it rotates once a day: not within a case. */
  async function make(name: string): Promise<void> {
    const username = `steady-${randomUUID()}`;
    await database.ask(`CREATE ROLE "${username}" LOGIN`);
    await admin.call("POST", `database/static-roles/${name}`, { db_name: "pg", username, rotation_period: "24h" });
    roles.add(name);
  }

  return {
    address: wire.url,
    token,
    wire,
    rotate: async (name) =>
      void (await (roles.has(name) ? admin.call("POST", `database/rotate-role/${name}`) : make(name))),
    remove: async (name) => void (await admin.call("DELETE", `database/static-roles/${name}`)),
    async deny(name) {
      rules[`database/static-creds/${name}`] = ["deny"];
      await admin.policy(policy, rules);
    },
    end: () => wire.close(),
  };
}
