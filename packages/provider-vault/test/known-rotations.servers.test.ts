import { setTimeout as delay } from "node:timers/promises";
import { createSecrets, isSecretsError, type Secret } from "@secretsource/core";
import type { SecretSource } from "@secretsource/core/source";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { startOpenBao, startPostgres } from "../../../tools/servers/index.ts";
import { vaultDatabase } from "../src/index.ts";
import { openShop, type Shop } from "./shop/open-shop.ts";

const Login = z.object({ username: z.string(), password: z.string() });
type Login = z.infer<typeof Login>;
const schema = { schema: Login };
const timeout = 120_000;

const [bao, postgres] = await Promise.all([startOpenBao(), startPostgres()]);
let shop: Shop;
beforeAll(async () => {
  const forLong = { ttl: "1h", maxTtl: "2h" };
  shop = await openShop(bao, postgres, { leases: {}, token: forLong, rotationPeriod: "6s" });
});
afterAll(async () => {
  await shop.database.end();
  await Promise.all([bao.stop(), postgres.stop()]);
});

/** The source, and when each of its records says that the next rotation is. */
function announcing(source: SecretSource): { readonly source: SecretSource; readonly changesAt: () => number } {
  let changesAt = 0;
  return {
    changesAt: () => changesAt,
    source: {
      ...source,
      async read(ref, context) {
        const from = Date.now();
        const answer = await source.read(ref, context);
        if (answer.failure === undefined) changesAt = from + (answer.changesInMs ?? Number.NaN);
        return answer;
      },
    },
  };
}

async function isAccepted({ username, password }: Login): Promise<boolean> {
  const client = new pg.Client({ ...shop.database.config, user: username, password });
  client.on("error", () => {});
  return client
    .connect()
    .then(
      () => true,
      () => false,
    )
    .finally(() => client.end().catch(() => {}));
}

test("callers wait for the read just after the rotation that was announced, which is one for all", {
  timeout,
}, async () => {
  const program = await shop.connect();
  const { source, changesAt } = announcing(vaultDatabase({ connection: program.connection, roles: "static" }));
  const secrets = createSecrets({ source });
  const reads = () => program.count("static-creds");
  let known = await secrets.getSecret("shop", schema);
  const passwords = new Set([known.reveal().password]);
  for (let rotation = 0; rotation < 3; rotation += 1) {
    const before = reads();
    const until = changesAt();
    expect(until - known.fetchedAt).toBeGreaterThan(0);
    expect(until - known.fetchedAt).toBeLessThan(10_000);
    // Before it, from memory, however often.
    while (Date.now() < until - 200) {
      expect(await secrets.getSecret("shop", schema)).toMatchObject({ fetchedAt: known.fetchedAt, stale: undefined });
      await delay(20);
    }
    expect(reads()).toBe(before);
    await delay(Math.max(0, until - Date.now()) + 20);
    // After it, nobody is given what was read before.
    const callers = await Promise.all(Array.from({ length: 50 }, () => secrets.getSecret("shop", schema)));
    for (const one of callers) expect(one.fetchedAt).toBeGreaterThanOrEqual(until);
    expect(reads()).toBe(before + 1);
    known = await rotatedAfter(known);
    passwords.add(known.reveal().password);
  }
  expect(passwords.size).toBe(4);
  expect(await isAccepted(known.reveal())).toBe(true);
  await secrets.close();
  await program.close();

  /** The server rotates in steps of 5 s: it may be late. It then says that it is due, and is asked once a second at most. */
  async function rotatedAfter(former: Secret<Login>): Promise<Secret<Login>> {
    const [from, before] = [Date.now(), reads()];
    for (;;) {
      const next = await secrets.getSecret("shop", schema);
      if (next.reveal().password !== former.reveal().password) {
        expect(reads() - before).toBeLessThanOrEqual((Date.now() - from) / 1000 + 1);
        return next;
      }
      expect(Date.now() - from).toBeLessThan(20_000);
      await delay(50);
    }
  }
});

test("out of reach at the rotation: the old one, marked, until `maxStale`; then an error; then the new one", {
  timeout,
}, async () => {
  const program = await shop.connect();
  const { source, changesAt } = announcing(vaultDatabase({ connection: program.connection, roles: "static" }));
  const secrets = createSecrets({ source, ttl: "8s", maxStale: "3s" });
  const { fetchedAt } = await secrets.getSecret("shop", schema);
  await program.proxy.inject("down");
  while (Date.now() < changesAt() - 200) {
    expect(await secrets.getSecret("shop", schema)).toMatchObject({ fetchedAt, stale: undefined });
    await delay(50);
  }
  await delay(Math.max(0, changesAt() - Date.now()) + 50);
  expect(await secrets.getSecret("shop", schema)).toMatchObject({ fetchedAt, stale: "unavailable" });
  expect(secrets.status()[0]).toMatchObject({ freshness: "stale" });
  await delay(Math.max(0, fetchedAt + 11_100 - Date.now()));
  const error = await secrets.getSecret("shop", schema).catch((thrown: unknown) => thrown);
  expect(isSecretsError(error)).toBe(true);
  expect(error).toMatchObject({ code: "stale-limit", retryable: true, secretName: "shop" });
  // Known to be out, it was tried once per step of the backoff and no more.
  expect(program.asked()).toBeLessThan(15);
  await program.proxy.heal();
  await expect
    .poll(() => secrets.getSecret("shop", schema).then((next) => isAccepted(next.reveal())), { timeout: 60_000 })
    .toBe(true);
  await secrets.close();
  await program.close();
});
