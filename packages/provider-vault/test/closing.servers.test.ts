import { setTimeout as delay } from "node:timers/promises";
import { createSecrets, isSecretsError } from "@secretsource/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startOpenBao, startPostgres } from "../../../tools/servers/index.ts";
import { token } from "../src/auth/index.ts";
import { vaultDatabase } from "../src/index.ts";
import { openShop, type ProgramConnection, type Shop } from "./shop/open-shop.ts";

const path = "database/creds";
/** How long a replaced credential is drained: a close takes no longer, whatever the store does. */
const drainMs = 30_000;
const within = { timeout: 30_000 };

const [bao, postgres] = await Promise.all([startOpenBao(), startPostgres()]);
let shop: Shop;
beforeAll(async () => {
  const forLong = { ttl: "1h", maxTtl: "2h" };
  shop = await openShop(bao, postgres, {
    leases: { app: forLong, other: forLong, brief: { ttl: "5s", maxTtl: "5s" } },
    token: forLong,
  });
});
afterAll(async () => {
  await shop.database.end();
  await Promise.all([bao.stop(), postgres.stop()]);
});

const users = () => shop.database.madeUsers();
const leases = async () =>
  (await Promise.all(["app", "other", "brief"].map((role) => shop.admin.leasesOf(`${path}/${role}`)))).flat();

async function nothingIsLeft(): Promise<void> {
  await expect.poll(users, within).toEqual([]);
  await expect.poll(leases, within).toEqual([]);
}

/** How long it takes. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = Date.now();
  await work();
  return Date.now() - from;
}

/** A source by a token that an administrator has made, and that is not ours to end. */
async function withForeignToken(program: ProgramConnection) {
  const given = await shop.admin.token("app", { ttl: "1h" });
  return { given, source: vaultDatabase({ address: program.proxy.url, env: {}, login: token({ token: given }) }) };
}

test("with `revoke`: the leases in use and those being drained, then the token that we made", async () => {
  const program = await shop.connect();
  const secrets = createSecrets({ source: vaultDatabase({ connection: program.connection }) });
  await Promise.all(["app", "other"].map((role) => secrets.getSecret(role)));
  // Replaced, and still to be drained.
  await delay(1100);
  await secrets.getSecret("app", { refresh: true });
  expect((await users()).length).toBe(3);
  expect(await timed(() => secrets.close({ revoke: true }))).toBeLessThan(drainMs);
  expect(program.count("leases/revoke")).toBe(3);
  await nothingIsLeft();
  const [ours = ""] = program.tokens();
  expect(await shop.admin.isAlive(ours)).toBe(true);
  await program.close();
  expect(await shop.admin.isAlive(ours)).toBe(false);
});

test("without `revoke`: the token that we made takes its leases with it", async () => {
  const program = await shop.connect();
  const secrets = createSecrets({ source: vaultDatabase({ connection: program.connection }) });
  await secrets.getSecret("app");
  await secrets.close();
  expect((await users()).length).toBe(1);
  await program.close();
  expect(program.count("leases/revoke")).toBe(0);
  await nothingIsLeft();
});

test("with somebody else's token: the leases are revoked, and it lives on", async () => {
  const program = await shop.connect();
  const { given, source } = await withForeignToken(program);
  const secrets = createSecrets({ source });
  await secrets.getSecret("app");
  await secrets.close({ revoke: true });
  await nothingIsLeft();
  expect(await shop.admin.isAlive(given)).toBe(true);
  await program.close();
});

test("with somebody else's token and without `revoke`: nothing is asked for, and the lease ends by itself", async () => {
  const program = await shop.connect();
  const { given, source } = await withForeignToken(program);
  const secrets = createSecrets({ source });
  await secrets.getSecret("brief");
  const before = program.asked();
  await secrets.close();
  expect(program.asked()).toBe(before);
  expect((await users()).length).toBe(1);
  await nothingIsLeft();
  expect(await shop.admin.isAlive(given)).toBe(true);
  await program.close();
});

test.each([
  ["hang", "timeout"],
  ["down", "unavailable"],
] as const)(
  "where OpenBao is out of reach (%s) it says so within the drain time, and has closed everything",
  async (fault, code) => {
    const program = await shop.connect();
    const secrets = createSecrets({ source: vaultDatabase({ connection: program.connection }) });
    await Promise.all(["app", "other"].map((role) => secrets.getSecret(role)));
    await program.proxy.inject(fault);
    let error: unknown;
    const tookMs = await timed(async () => {
      error = await secrets.close({ revoke: true }).catch((thrown: unknown) => thrown);
      await program.close();
    });
    expect(tookMs).toBeLessThan(drainMs);
    expect(isSecretsError(error)).toBe(true);
    expect(error).toMatchObject({ code, source: "vault-database", advice: expect.stringContaining("2 leases") });
    await expect(secrets.getSecret("app")).rejects.toMatchObject({ code: "closed" });
    // What is left is left to the server: an administrator ends it here.
    await shop.admin.call("PUT", `sys/leases/revoke-prefix/${path}`);
    await nothingIsLeft();
  },
);

test("a source of its own ends its own connection", async () => {
  const program = await shop.connect();
  const secrets = createSecrets({ source: vaultDatabase(program.options) });
  await secrets.getSecret("app");
  await secrets.close({ revoke: true });
  await nothingIsLeft();
  const [ours = ""] = program.tokens();
  expect(await shop.admin.isAlive(ours)).toBe(false);
  await program.close();
});
