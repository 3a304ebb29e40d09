import { setTimeout as delay } from "node:timers/promises";
import { createSecrets, type SecretsEvent } from "@secretsource/core";
import { afterAll, expect, test } from "vitest";
import { startOpenBao, startPostgres } from "../../../tools/servers/index.ts";
import { vaultDatabase } from "../src/index.ts";
import { FollowingPool } from "./shop/following-pool.ts";
import { openShop } from "./shop/open-shop.ts";
import { watchDatabase } from "./shop/watch-database.ts";
import { Workload } from "./shop/workload.ts";

const lastsMs = 180_000;
const perMinute = 1000;
const rotations = 50;
/** Renewed in full until less than 8 of its 10 s are left of its 30. */
const leastLifeMs = 22_000;
/** A renewal falls after 66 % of a lease. */
const leastRenewalMs = 6600;
/** The mint budget, beyond what leases need. */
const unplanned = 3;
const lease = { ttl: "10s", maxTtl: "30s" };
const token = { ttl: "30s", maxTtl: "90s" };

const [bao, postgres] = await Promise.all([startOpenBao(), startPostgres()]);
afterAll(() => Promise.all([bao.stop(), postgres.stop()]));

test("three minutes of work while leases are renewed and replaced and a static role is rotated: nothing fails", {
  timeout: 420_000,
}, async () => {
  const { admin, database, connect } = await openShop(bao, postgres, { leases: { app: lease }, token });
  const program = await connect();
  const { connection, count, tokens } = program;
  const made = createSecrets({ source: vaultDatabase({ connection }) });
  const rotated = createSecrets({ source: vaultDatabase({ connection, roles: "static" }) });
  const told: SecretsEvent[] = [];
  for (const secrets of [made, rotated]) secrets.on((event) => told.push(event));
  const tally = (type: SecretsEvent["type"]) => told.filter((event) => event.type === type).length;

  // Each connection is used ten times: somebody logs in all the while. It is not closed for being idle: only by its pool.
  const config = { ...database.config, max: 10, maxUses: 10, idleTimeoutMillis: 0 };
  const pools = {
    app: await FollowingPool.open({ secrets: made, name: "app", database: config }),
    shop: await FollowingPool.open({ secrets: rotated, name: "shop", database: config }),
  };
  const work = (name: keyof typeof pools) =>
    new Workload(perMinute, (id) =>
      // One in fifty takes half a second: it has to be waited for when its credential is replaced.
      pools[name].query("INSERT INTO orders SELECT $1, $2 FROM pg_sleep($3)", [name, id, id % 50 === 0 ? 0.5 : 0]),
    );
  const from = Date.now();
  const loads = { app: work("app"), shop: work("shop") };
  const watch = watchDatabase(database, pools);

  for (let rotation = 1; rotation <= rotations; rotation += 1) {
    const left = from + lastsMs - Date.now();
    await delay(Math.max(0, left / (rotations - rotation + 1)));
    // Nobody tells the program: it is refused at the next login.
    await admin.call("POST", "database/rotate-role/shop");
    await expect.poll(() => pools.shop.since.length, { timeout: 60_000, interval: 50 }).toBe(rotation + 1);
  }
  await delay(1000);
  await Promise.all([loads.app.stop(), loads.shop.stop()]);
  await watch.stop();
  const tookMs = Date.now() - from;

  for (const [name, { begun, succeeded, failures }] of Object.entries(loads)) {
    expect(failures).toEqual([]);
    expect(begun).toBeGreaterThanOrEqual(Math.floor((lastsMs / 60_000) * perMinute));
    // Each has left what it had to, also where its connection was of a credential that was being replaced.
    expect([succeeded, await database.ordersOf(name)]).toEqual([begun, begun]);
  }

  const logins = count("approle/login");
  const needed = Math.ceil(tookMs / leastLifeMs) + logins;
  expect(watch.users.size).toBeGreaterThan(lastsMs / 30_000);
  expect(watch.users.size).toBeLessThanOrEqual(needed + unplanned);
  expect([count("/creds/"), tally("lease-replaced") + 1]).toEqual([watch.users.size, watch.users.size]);
  // The one in use and the one that is being drained.
  expect(watch.mostUsersAtOnce).toBeLessThanOrEqual(2 + unplanned);
  // Longer than the longest operation, and far from the 30 s after which an old credential is revoked.
  expect(watch.longestDrainMs).toBeLessThan(10_000);
  for (const type of ["lease-lost", "degraded", "expired", "warning"] as const) {
    expect([type, tally(type)]).toEqual([type, 0]);
  }
  expect(logins).toBeGreaterThan(1);
  expect(count("leases/renew")).toBeLessThanOrEqual(tookMs / leastRenewalMs + watch.users.size);
  // Two of them where the first read came before the rotation was through.
  expect(count("static-creds")).toBeLessThanOrEqual(2 * (rotations + 1));

  await expectNothingIsLeft();
  console.info(
    `${loads.app.begun + loads.shop.begun} operations in ${Math.round(tookMs / 1000)} s, 0 failed: ` +
      `${tally("lease-renewed")} renewals, ${watch.users.size} users, at most ${watch.mostUsersAtOnce} at once, ` +
      `${rotations} rotations, ${logins} logins, ${program.asked()} requests; ` +
      `old connections were gone after ${watch.longestDrainMs} ms, the longest operation took ` +
      `${Math.round(Math.max(loads.app.longestMs, loads.shop.longestMs))} ms`,
  );
  await database.end();

  async function expectNothingIsLeft(): Promise<void> {
    for (const pool of Object.values(pools)) pool.close();
    await Promise.all([made.close({ revoke: true }), rotated.close()]);
    await program.close();
    const within = { timeout: 30_000 };
    await expect.poll(() => database.madeUsers(), within).toEqual([]);
    await expect.poll(() => database.connections(), within).toEqual([]);
    await expect.poll(() => admin.leasesOf("database/creds/app"), within).toEqual([]);
    expect(tokens()).toHaveLength(logins);
    for (const one of tokens()) expect(await admin.isAlive(one)).toBe(false);
  }
});
