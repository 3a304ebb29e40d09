import { describeSource } from "@secretsource/conformance";
import { afterAll, describe, test } from "vitest";
import { startOpenBao, startPostgres } from "../../../tools/servers/index.ts";
import { token } from "../src/auth/index.ts";
import type { VaultOptions } from "../src/connection/vault-options.ts";
import { vaultDatabase, vaultPath, vaultPki } from "../src/index.ts";
import { BaoAdmin } from "./bao/bao-admin.ts";
import type { BaoBehindProxy } from "./bao/bao-kv-store.ts";
import { databaseStore, mountDatabase, mountPki, pkiStore } from "./bao/bao-minting-stores.ts";
import { openSecureBao } from "./bao/secure-bao.ts";
import { type MintingStore, mintingHarness } from "./minting-harness.ts";

const bao = await startOpenBao();
const secure = await openSecureBao();
const postgres = await startPostgres();
afterAll(() => Promise.all([bao.stop(), secure.stop(), postgres.stop()]));

const illegal = ["a//b", "/a", "..", "a\u200bb"];

/** One harness for each engine, on one server. */
async function harnessesOn(behind: BaoBehindProxy, over: string, options: Pick<VaultOptions, "tls"> = {}) {
  await mountDatabase(behind.admin, postgres);
  await mountPki(behind.admin);
  const at = (store: MintingStore) => ({
    ...options,
    address: store.address,
    env: {},
    login: token({ token: store.token }),
  });
  return [
    mintingHarness({
      name: `vaultDatabase on OpenBao${over} and PostgreSQL`,
      open: () => databaseStore(behind),
      make: (store) => vaultDatabase(at(store)),
      illegal,
    }),
    mintingHarness({
      name: `vaultPath on OpenBao${over} and PostgreSQL`,
      open: () => databaseStore(behind),
      make: (store) => vaultPath({ ...at(store), prefix: "database/creds", mints: true }),
      illegal,
    }),
    mintingHarness({
      name: `vaultPki on OpenBao${over}`,
      open: () => pkiStore(behind),
      make: (store) => vaultPki({ ...at(store), certificates: (role) => ({ role, commonName: "app.example.com" }) }),
      illegal: [],
      versions: true,
    }),
  ];
}

const plain = await harnessesOn({ admin: new BaoAdmin(bao.url), server: bao }, "");
for (const harness of plain) describeSource(harness, { describe, test });
for (const harness of await harnessesOn(secure.behind, " over TLS", secure.options)) {
  describeSource({ ...harness, patienceMs: secure.patienceMs }, { describe, test });
}
