import { describeSource } from "@secretsource/conformance";
import { afterAll, describe, test } from "vitest";
import { startOpenBao, startPostgres } from "../../../tools/servers/index.ts";
import { BaoAdmin } from "./bao/bao-admin.ts";
import { mountDatabase } from "./bao/bao-minting-stores.ts";
import { baoStaticRoles } from "./bao/bao-static-roles.ts";
import { openSecureBao } from "./bao/secure-bao.ts";
import { Database } from "./shop/database.ts";
import { choosingStaticRolesHarness } from "./static-roles-harness.ts";

const [bao, secure, postgres] = await Promise.all([startOpenBao(), openSecureBao(), startPostgres()]);
const database = new Database(postgres);
afterAll(async () => {
  await database.end();
  await Promise.all([bao.stop(), secure.stop(), postgres.stop()]);
});

const plain = { admin: new BaoAdmin(bao.url), server: bao };
await mountDatabase(plain.admin, postgres);
await mountDatabase(secure.behind.admin, postgres);

describeSource(
  choosingStaticRolesHarness("vaultDatabase, static roles, on OpenBao and PostgreSQL", () =>
    baoStaticRoles(plain, database),
  ),
  { describe, test },
);
const overTls = choosingStaticRolesHarness(
  "vaultDatabase, static roles, on OpenBao over TLS and PostgreSQL",
  () => baoStaticRoles(secure.behind, database),
  secure.options,
);
describeSource({ ...overTls, patienceMs: secure.patienceMs }, { describe, test });
