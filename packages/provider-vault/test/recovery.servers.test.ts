import { setTimeout as delay } from "node:timers/promises";
import { createSecrets, isSecretsError, type SecretsError, type SecretsEvent } from "@secretsource/core";
import { afterAll, expect, test } from "vitest";
import { startPostgres, startRaftOpenBao } from "../../../tools/servers/index.ts";
import { vaultDatabase } from "../src/index.ts";
import { FollowingPool } from "./shop/following-pool.ts";
import { openShop } from "./shop/open-shop.ts";
import { type Recovery, recoveryReport } from "./shop/recovery-report.ts";
import { Workload } from "./shop/workload.ts";

const perMinute = 1000;
/** The backoff after an outage of that length is far below; a loaded machine is given its time. */
const recoversWithinMs = 60_000;
/** For an outage of some ten seconds, in which more than a hundred operations ask. */
const fewRequests = 25;
const timeout = 180_000;

const [bao, postgres] = await Promise.all([startRaftOpenBao(), startPostgres()]);
const shop = await openShop(bao, postgres, {
  leases: { brief: { ttl: "6s", maxTtl: "2m" }, steady: { ttl: "20s", maxTtl: "10m" } },
  token: { ttl: "10m", maxTtl: "1h" },
});
const { admin, database } = shop;
const report: Recovery[] = [];

afterAll(async () => {
  console.info(recoveryReport(report));
  await database.end();
  await Promise.all([bao.stop(), postgres.stop()]);
});

/** A program at work, each of whose operations logs in to the database anew. */
async function openProgram(role: "brief" | "steady") {
  const program = await shop.connect();
  const secrets = createSecrets({ source: vaultDatabase({ connection: program.connection }) });
  const told: SecretsEvent["type"][] = [];
  secrets.on(({ type }) => told.push(type));
  const pool = await FollowingPool.open({ secrets, name: role, database: { ...database.config, maxUses: 1 } });
  const work = new Workload(perMinute, (id) => pool.query("INSERT INTO orders VALUES ('recovery', $1)", [id]));
  await expect.poll(() => work.succeeded, { timeout: 30_000 }).toBeGreaterThan(5);

  /** Brings a fault about, and its end; then waits for the recovery and puts it into the report. */
  async function suffer(what: string, fault: () => Promise<void>, recovered?: (over: number) => Promise<number>) {
    const [operations, failed, requests] = [work.begun, work.failures.length, program.asked()];
    const from = Date.now();
    await fault();
    const over = Date.now();
    const recoveredMs = await (recovered?.(over) ?? work.recoversAfter(over, recoversWithinMs));
    const recovery = {
      what,
      outMs: over - from,
      recoveredMs,
      operations: work.begun - operations,
      failed: work.failures.length - failed,
      requests: program.asked() - requests,
    };
    report.push(recovery);
    return recovery;
  }

  return {
    ...program,
    pool,
    work,
    told,
    suffer,
    /** What the program itself has to do with: not the database's own errors. */
    secretsErrors: () => work.failures.filter((error): error is SecretsError => isSecretsError(error)),
    /** Until operations fail, since the lease is over. */
    untilItFails: () => expect.poll(() => work.failures.length, { timeout: 60_000, interval: 20 }).toBeGreaterThan(0),
    async [Symbol.asyncDispose]() {
      await work.stop();
      pool.close();
      await secrets.close({ revoke: true });
      await program.close();
    },
  };
}

/** Portable, named, and worth another try; with nothing of what it is about in it. */
function expectPortable(errors: readonly SecretsError[], advice: RegExp): void {
  expect(errors.length).toBeGreaterThan(0);
  for (const error of errors) {
    expect(error).toMatchObject({
      code: "stale-limit",
      source: "vault-database",
      secretName: "brief",
      retryable: true,
    });
    expect(error.advice).toMatch(advice);
    expect(JSON.stringify(error)).not.toMatch(/hvs\.|"password"|v-[\w-]{24}/);
  }
}

test("OpenBao is killed with -9, and is back before the lease ends: no operation fails", { timeout }, async () => {
  await using at = await openProgram("steady");
  const { failed, requests } = await at.suffer("OpenBao killed -9, back within the lease", async () => {
    await Promise.all([bao.kill(), at.proxy.inject("down")]);
    await delay(2000);
    await bao.restart();
    await bao.unseal();
    await at.proxy.heal();
  });
  await expect.poll(() => at.told, { timeout: 40_000 }).toContain("lease-renewed");
  expect([failed, at.work.failures]).toEqual([0, []]);
  expect(requests).toBeLessThan(fewRequests);
  expect(at.told).not.toContain("lease-lost");
  expect(at.count("approle/login")).toBe(1);
});

test("OpenBao is killed with -9, and is back after the lease has ended", { timeout }, async () => {
  await using at = await openProgram("brief");
  const { requests, operations } = await at.suffer("OpenBao killed -9, longer than the lease", async () => {
    await Promise.all([bao.kill(), at.proxy.inject("down")]);
    await at.untilItFails();
    await delay(3000);
    await bao.restart();
    await bao.unseal();
    await at.proxy.heal();
  });
  expectPortable(at.secretsErrors(), /address|connect|reach/i);
  expect(operations).toBeGreaterThan(100);
  expect(requests).toBeLessThan(fewRequests);
  // By the token that it had: OpenBao's data has survived.
  expect(at.count("approle/login")).toBe(1);
});

test("OpenBao is sealed until after the lease has ended, and unsealed", { timeout }, async () => {
  await using at = await openProgram("brief");
  const { requests, operations } = await at.suffer("OpenBao sealed, longer than the lease", async () => {
    await admin.call("PUT", "sys/seal");
    await at.untilItFails();
    await delay(3000);
    await bao.unseal();
  });
  expectPortable(at.secretsErrors(), /sealed/);
  expect(operations).toBeGreaterThan(100);
  expect(requests).toBeLessThan(fewRequests);
  expect(at.count("approle/login")).toBe(1);
});

test("the token is revoked behind our back, and its users with it", { timeout }, async () => {
  await using at = await openProgram("brief");
  const [token] = at.tokens();
  const { requests } = await at.suffer(
    "our token revoked",
    async () => void (await admin.call("POST", "auth/token/revoke", { token })),
    (over) => untilAnother(at.pool, over),
  );
  expect(at.secretsErrors()).toEqual([]);
  expect([at.count("approle/login"), at.count("lookup-self"), at.count("/creds/")]).toEqual([2, 1, 3]);
  expect(requests).toBeLessThan(8);
  expectOnlyThoseUnderWay(at.work);
});

test("the lease is revoked behind our back", { timeout }, async () => {
  await using at = await openProgram("brief");
  const { requests } = await at.suffer(
    "our leases revoked (revoke-prefix)",
    async () => void (await admin.call("PUT", "sys/leases/revoke-prefix/database/creds/brief")),
    (over) => untilAnother(at.pool, over),
  );
  expect(at.secretsErrors()).toEqual([]);
  expect([at.count("approle/login"), at.count("/creds/")]).toEqual([1, 2]);
  expect(requests).toBeLessThan(5);
  expectOnlyThoseUnderWay(at.work);
});

test("the lease is revoked while nobody works: seen when it is to be renewed", { timeout }, async () => {
  await using at = await openProgram("brief");
  await at.work.stop();
  const before = at.pool.since.length;
  await admin.call("PUT", "sys/leases/revoke-prefix/database/creds/brief");
  await expect.poll(() => at.pool.since.length, { timeout: 30_000 }).toBe(before + 1);
  expect(at.told).toContain("lease-replaced");
  await at.pool.query("INSERT INTO orders VALUES ('idle', 1)");
});

test("PostgreSQL is killed with -9 and restarted at once", { timeout }, async () => {
  await using at = await openProgram("steady");
  const requests = at.asked();
  await at.suffer("PostgreSQL killed -9 and restarted", async () => {
    await postgres.kill();
    await postgres.restart();
  });
  // Only the database's own errors, and OpenBao was not asked for anything on that account.
  expect(at.secretsErrors()).toEqual([]);
  expect(at.asked() - requests).toBeLessThan(5);
});

test("PostgreSQL is away until after the lease has ended: the mint budget is not used up by it", {
  timeout,
}, async () => {
  await using at = await openProgram("brief");
  const { requests, operations } = await at.suffer("PostgreSQL away, longer than the lease", async () => {
    await postgres.kill();
    await expect.poll(() => at.secretsErrors().length, { timeout: 60_000 }).toBeGreaterThan(0);
    await delay(6000);
    await postgres.restart();
  });
  expectPortable(at.secretsErrors(), /database .* failed/);
  expect(operations).toBeGreaterThan(100);
  expect(requests).toBeLessThan(fewRequests);
});

/** How long after this moment the pool began to work with another credential. */
async function untilAnother({ since }: FollowingPool, moment: number): Promise<number> {
  await expect.poll(() => since.at(-1), { timeout: recoversWithinMs, interval: 20 }).toBeGreaterThanOrEqual(moment);
  return Math.max(0, (since.at(-1) ?? 0) - moment);
}

/** They had logged in as a user who was dropped a moment later. */
function expectOnlyThoseUnderWay({ failures }: Workload): void {
  expect(failures.length).toBeLessThan(10);
}
