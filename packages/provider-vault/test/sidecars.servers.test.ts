import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSecrets } from "@secretsource/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startOpenBao, startPostgres, startSidecar } from "../../../tools/servers/index.ts";
import { tokenFile } from "../src/auth/index.ts";
import { vaultDatabase, vaultKv } from "../src/index.ts";
import { BaoAdmin } from "./bao/bao-admin.ts";
import { mountDatabase } from "./bao/bao-minting-stores.ts";

const [bao, postgres] = await Promise.all([startOpenBao(), startPostgres()]);
const admin = new BaoAdmin(bao.url);
const folder = mkdtempSync(join(tmpdir(), "sidecar-"));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await Promise.all([bao.stop(), postgres.stop()]);
});

const ref = (name: string) => ({ name, version: "current" }) as const;
const context = { signal: new AbortController().signal, bypassCaches: true };
const at = (...parts: string[]) => join(folder, ...parts);

beforeAll(async () => {
  await admin.call("POST", "secret/data/app", { data: { password: "p" } });
  await admin.policy("app", {
    "secret/data/app": ["read"],
    "database/creds/*": ["read"],
    "sys/leases/revoke": ["update"],
  });
  await admin.call("POST", "sys/auth/approle", { type: "approle" });
  await admin.call("POST", "auth/approle/role/app", { token_policies: "app", token_ttl: "4s", token_max_ttl: "8s" });
  const { data: role } = await admin.call("GET", "auth/approle/role/app/role-id");
  const { data: secret } = await admin.call("POST", "auth/approle/role/app/secret-id", {});
  writeFileSync(at("role-id"), (role as { role_id: string }).role_id);
  writeFileSync(at("secret-id"), (secret as { secret_id: string }).secret_id);
  await mountDatabase(admin, postgres);
  await admin.call("POST", "database/roles/app", {
    db_name: "pg",
    creation_statements: [`CREATE ROLE "{{name}}" WITH LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}';`],
    default_ttl: "60s",
  });
});

describe.each(["agent", "proxy"] as const)("bao %s", (kind) => {
  test("puts its own token into our requests, by TCP and by a socket", async () => {
    await using sidecar = await startSidecar(kind, bao.url, folder);
    for (const address of [sidecar.address, `unix://${sidecar.socket}`]) {
      // What the environment says of a token is not for it.
      const source = vaultKv({ agent: true, address, env: { VAULT_TOKEN: "hvs.not-for-it" } });
      expect(await source.read(ref("app"), context)).toMatchObject({ payload: '{"password":"p"}', version: "1" });
      expect(await source.read(ref("absent"), context)).toMatchObject({ failure: "access-denied" });
      await source.close?.();
    }
  });

  test("is found by the variable of its address", async () => {
    await using sidecar = await startSidecar(kind, bao.url, folder);
    const source = vaultKv({ agent: true, env: { BAO_AGENT_ADDR: sidecar.address } });
    expect(await source.read(ref("app"), context)).toMatchObject({ version: "1" });
    await source.close?.();
  });

  test("writes its token into a file, which is read again when the agent has logged in anew", {
    timeout: 60_000,
  }, async () => {
    await using sidecar = await startSidecar(kind, bao.url, folder);
    const source = vaultKv({ address: bao.url, env: {}, login: tokenFile(sidecar.sink) });
    expect(await source.read(ref("app"), context)).toMatchObject({ version: "1" });
    const first = readFileSync(sidecar.sink, "utf8");
    // The role's tokens last 8 s at most.
    await expect.poll(() => readFileSync(sidecar.sink, "utf8"), { timeout: 40_000, interval: 250 }).not.toBe(first);
    expect(await source.read(ref("app"), context)).toMatchObject({ version: "1" });
    await source.close?.();
  });
});

test("the cache of an agent: a credential that it has had for a while is told as that old", async () => {
  await using sidecar = await startSidecar("agent", bao.url, folder);
  const [first, second] = [1, 2].map(() => vaultDatabase({ agent: true, address: sidecar.address, env: {} }));
  const minted = await first?.read(ref("app"), context);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const cached = await second?.read(ref("app"), context);
  if (minted?.failure !== undefined || cached?.failure !== undefined) throw new Error("no credential");
  expect(cached?.payload).toBe(minted?.payload);
  expect(cached?.ageMs).toBeGreaterThanOrEqual(1000);
  expect(cached?.lease?.ttlMs).toBeLessThanOrEqual(59_000);
  await Promise.all([first?.close?.(), second?.close?.()]);
});

test("when the agent is gone it is an outage, and over when it is back", async () => {
  const sidecar = await startSidecar("proxy", bao.url, folder);
  const secrets = createSecrets({ source: vaultKv({ agent: true, address: sidecar.address, env: {} }) });
  expect((await secrets.getSecret("app", { field: "password" })).reveal()).toBe("p");
  await sidecar.stop();
  const fresh = () =>
    secrets.getSecret("app", { field: "password", refresh: true }).then(
      (one) => one.reveal(),
      (error: { code: string }) => error.code,
    );
  // An answer of the last second counts as fresh.
  await expect.poll(fresh, { timeout: 10_000, interval: 250 }).toBe("unavailable");
  await using _again = await startSidecar("proxy", bao.url, folder, sidecar.port);
  await expect.poll(fresh, { timeout: 10_000, interval: 250 }).toBe("p");
  await secrets.close();
});
