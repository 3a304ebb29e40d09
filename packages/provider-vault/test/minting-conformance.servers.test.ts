import { describeSource } from "@secretsource/conformance";
import { afterAll, describe, test } from "vitest";
import { startOpenBao, startPostgres } from "../../../tools/servers/index.ts";
import { token } from "../src/auth/index.ts";
import { vaultDatabase, vaultPath, vaultPki } from "../src/index.ts";
import { BaoAdmin } from "./bao/bao-admin.ts";
import { databaseStore, mountDatabase, mountPki, pkiStore } from "./bao/bao-minting-stores.ts";
import { type MintingStore, mintingHarness } from "./minting-harness.ts";

const bao = await startOpenBao();
afterAll(() => bao.stop());
const postgres = await startPostgres();
afterAll(() => postgres.stop());
const admin = new BaoAdmin(bao.url);
await mountDatabase(admin, postgres);
await mountPki(admin);

const illegal = ["a//b", "/a", "..", "a\u200bb"];
const at = (store: MintingStore) => ({ address: store.address, env: {}, login: token({ token: store.token }) });

const harnesses = [
  mintingHarness({
    name: "vaultDatabase on OpenBao and PostgreSQL",
    open: () => databaseStore(admin, bao.url),
    make: (store) => vaultDatabase(at(store)),
    illegal,
  }),
  mintingHarness({
    name: "vaultPath on OpenBao and PostgreSQL",
    open: () => databaseStore(admin, bao.url),
    make: (store) => vaultPath({ ...at(store), prefix: "database/creds", mints: true }),
    illegal,
  }),
  mintingHarness({
    name: "vaultPki on OpenBao",
    open: () => pkiStore(admin, bao.url),
    make: (store) => vaultPki({ ...at(store), certificates: (role) => ({ role, commonName: "app.example.com" }) }),
    illegal: [],
    versions: true,
  }),
];

for (const harness of harnesses) describeSource(harness, { describe, test });
