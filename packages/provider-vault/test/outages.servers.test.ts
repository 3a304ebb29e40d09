import { startFaultProxy } from "@secretsource/conformance/wire";
import { createSecrets, isSecretsError } from "@secretsource/core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startRaftOpenBao } from "../../../tools/servers/index.ts";
import { appRole } from "../src/auth/index.ts";
import { vaultKv } from "../src/index.ts";
import { BaoAdmin } from "./bao/bao-admin.ts";

const bao = await startRaftOpenBao();
const admin = new BaoAdmin(bao.url, undefined, bao.token);
afterAll(() => bao.stop());

let login: Parameters<typeof appRole>[0];
beforeAll(async () => {
  await admin.call("POST", "sys/mounts/secret", { type: "kv", options: { version: "2" } });
  await admin.call("POST", "sys/auth/approle", { type: "approle" });
  // A new kv engine is not at once ready to be written to.
  await vi.waitFor(() => admin.call("POST", "secret/data/app", { data: { n: "1" } }), 10_000);
  await admin.policy("app", { "secret/*": ["read"] });
  await admin.call("POST", "auth/approle/role/app", { token_policies: "app", token_ttl: "1h" });
  const { data: role } = await admin.call("GET", "auth/approle/role/app/role-id");
  const { data: secret } = await admin.call("POST", "auth/approle/role/app/secret-id", {});
  login = {
    roleId: (role as { role_id: string }).role_id,
    secretId: (secret as { secret_id: string }).secret_id,
  };
});

/** An instance behind a proxy that counts. `fresh` tells what a read that takes no older answer comes to. */
async function open() {
  const proxy = await startFaultProxy({ to: bao.url });
  const secrets = createSecrets({ source: vaultKv({ address: proxy.url, env: {}, login: appRole(login) }) });
  const fresh = () =>
    secrets.getSecret("app", { field: "n", refresh: true }).then(
      (secret) => secret.reveal(),
      (error: unknown) => (isSecretsError(error) ? `${error.code}: ${error.advice}` : "?"),
    );
  return {
    secrets,
    fresh,
    count: (what: string) => proxy.requests.filter(({ path }) => path.includes(what)).length,
    async [Symbol.asyncDispose]() {
      await secrets.close();
      await proxy.close();
    },
  };
}

test("a token that is revoked behind our back: one look, one login, and the next read is answered", async () => {
  await using at = await open();
  expect(await at.fresh()).toBe("1");
  const { data } = await admin.call("LIST", "auth/token/accessors");
  for (const accessor of (data as { keys: string[] }).keys) {
    const { data: facts } = await admin.call("POST", "auth/token/lookup-accessor", { accessor });
    if ((facts as { policies: string[] }).policies.includes("app")) {
      await admin.call("POST", "auth/token/revoke-accessor", { accessor });
    }
  }
  await new Promise((resolve) => setTimeout(resolve, 1100));
  expect(await at.fresh()).toBe("1");
  expect([at.count("lookup-self"), at.count("approle/login")]).toEqual([1, 2]);
});

test("sealed: the advice says so; unsealed: read again, by the same token, without a storm", {
  timeout: 60_000,
}, async () => {
  await using at = await open();
  expect(await at.fresh()).toBe("1");
  await admin.call("PUT", "sys/seal");
  await expect.poll(at.fresh, { timeout: 10_000, interval: 200 }).toMatch(/^unavailable: .*sealed/);
  const before = at.count("secret/data");
  const until = Date.now() + 3000;
  while (Date.now() < until) await Promise.all(Array.from({ length: 20 }, at.fresh));
  // Known to be out, it is tried once per backoff step.
  expect(at.count("secret/data") - before).toBeLessThan(12);
  await bao.unseal();
  const from = Date.now();
  await expect.poll(at.fresh, { timeout: 30_000, interval: 100 }).toBe("1");
  expect(Date.now() - from).toBeLessThan(20_000);
  expect(at.count("approle/login")).toBe(1);
});

test("killed, and started again: out, sealed, then read by the same token", { timeout: 60_000 }, async () => {
  await using at = await open();
  expect(await at.fresh()).toBe("1");
  await bao.kill();
  await expect.poll(at.fresh, { timeout: 10_000, interval: 200 }).toMatch(/^unavailable/);
  await bao.restart();
  await expect.poll(at.fresh, { timeout: 20_000, interval: 200 }).toMatch(/^unavailable: .*sealed/);
  await bao.unseal();
  await expect.poll(at.fresh, { timeout: 30_000, interval: 100 }).toBe("1");
  expect(at.count("approle/login")).toBe(1);
});
