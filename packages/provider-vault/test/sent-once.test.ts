import { startTcpProxy } from "@secretsource/conformance/wire";
import { createSecrets } from "@secretsource/core";
import { virtualClock } from "@secretsource/core/testing";
import { expect, onTestFinished, test } from "vitest";
import { vaultConnection, vaultDatabase, vaultKv } from "../src/index.ts";
import { anyone } from "./connect.ts";
import { FakeLogin } from "./fake/fake-logins.ts";
import { FakeMinter } from "./fake/fake-minter.ts";
import { startFake } from "./fake/start-fake.ts";

const names = ["a", "b", "c", "d"];

/** An instance on a virtual clock that keeps a connection for each name, behind a proxy that may forget them. */
async function behindProxy(tokenSeconds?: number) {
  const clock = virtualClock({ now: Date.UTC(2026, 0, 1) });
  const { vault, server, asked } = await startFake(() => clock.now());
  const proxy = await startTcpProxy({ port: server.port });
  const login = new FakeLogin(vault.tokens, { ttl: tokenSeconds, renewable: false }, () => undefined);
  const minter = new FakeMinter(vault.leases);
  minter.roles.set("app", { lease: { ttl: 3600 }, data: () => ({ username: "u", password: "p" }) });
  vault.mounts.set("auth/anyone/", login).set("database/", minter);
  for (const name of names) vault.kv.put(name, '{"is":"one"}');
  const address = `http://127.0.0.1:${proxy.port}`;
  const connection = vaultConnection({ address, env: {}, clock, login: anyone });
  const sources = { kv: vaultKv({ connection }), database: vaultDatabase({ connection }) };
  const secrets = createSecrets({ sources, default: "kv", clock });
  onTestFinished(async () => {
    await secrets.close();
    await connection.close();
    await proxy.close();
    await server.close();
  });
  await server.inject("slow");
  await Promise.all(names.map((name) => secrets.getSecret(name)));
  await server.heal();
  expect([proxy.open, login.count]).toEqual([names.length, 1]);
  proxy.forget();
  return { clock, proxy, login, secrets, asked };
}

test("a mint, which is sent once, takes no connection that was kept: it may have silently died", async () => {
  const { proxy, secrets, asked } = await behindProxy();
  expect(await secrets.getSecret("app", { source: "database" })).toBeDefined();
  expect([proxy.lostBytes, proxy.connections]).toEqual([0, names.length + 1]);
  expect(asked().filter((one) => one === "GET database/creds/app")).toHaveLength(1);
  await expect.poll(() => proxy.open).toBe(1);
});

test("nor does a login, for which all reads wait", async () => {
  const { clock, proxy, login, secrets } = await behindProxy(60);
  await clock.advance("2m");
  expect(await secrets.getSecret("a", { refresh: true })).toBeDefined();
  expect([proxy.lostBytes, proxy.connections, login.count]).toEqual([0, names.length + 1, 2]);
});
