import { setTimeout as delay } from "node:timers/promises";
import { createSecrets, isSecretsError, type Secret, type SecretsOptions } from "@secretsource/core";
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
  // The first read loads the code, which takes longer than a rotation may be away on a busy machine.
  const program = await shop.connect();
  const { secrets, getShop } = announced(vaultDatabase({ connection: program.connection, roles: "static" }));
  await getShop();
  await secrets.close();
  await program.close();
});
afterAll(async () => {
  await shop.database.end();
  await Promise.all([bao.stop(), postgres.stop()]);
});

/**
 * An instance on this source, and when it looks for the rotation that the last record has announced: reckoned from a moment
 * between the caller's question (`from`) and the source's (`to`), which are apart where code is loaded in between.
 */
function announced(source: SecretSource, options: Pick<SecretsOptions, "ttl" | "maxStale"> = {}) {
  let askedAt = 0;
  let rotation = { from: Number.NaN, to: Number.NaN };
  const secrets = createSecrets({
    ...options,
    source: {
      ...source,
      async read(ref, context) {
        const [from, to] = [askedAt, Date.now()];
        const answer = await source.read(ref, context);
        const { changesInMs = Number.NaN } = answer.failure === undefined ? answer : {};
        if (answer.failure === undefined) rotation = { from: from + changesInMs, to: to + changesInMs };
        return answer;
      },
    },
  });
  return {
    secrets,
    rotation: () => rotation,
    getShop() {
      askedAt = Date.now();
      return secrets.getSecret("shop", schema);
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
  const source = vaultDatabase({ connection: program.connection, roles: "static" });
  const { secrets, rotation, getShop } = announced(source);
  const reads = () => program.count("static-creds");
  let known = await getShop();
  const passwords = new Set([known.reveal().password]);
  for (let times = 0; times < 3; times += 1) {
    const before = reads();
    const { from, to } = rotation();
    expect(from - known.fetchedAt).toBeGreaterThan(0);
    expect(to - known.fetchedAt).toBeLessThan(10_000);
    // Before it, from memory, however often.
    while (Date.now() < from - 200) {
      expect(await getShop()).toMatchObject({ fetchedAt: known.fetchedAt, stale: undefined });
      await delay(20);
    }
    expect(reads()).toBe(before);
    await delay(Math.max(0, to - Date.now()) + 20);
    // After it, nobody is given what was read before.
    const callers = await Promise.all(Array.from({ length: 50 }, () => getShop()));
    for (const one of callers) expect(one.fetchedAt).toBeGreaterThanOrEqual(to);
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
      const next = await getShop();
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
  const source = vaultDatabase({ connection: program.connection, roles: "static" });
  const { secrets, rotation, getShop } = announced(source, { ttl: "8s", maxStale: "3s" });
  const { fetchedAt } = await getShop();
  await program.proxy.inject("down");
  while (Date.now() < rotation().from - 200) {
    expect(await getShop()).toMatchObject({ fetchedAt, stale: undefined });
    await delay(50);
  }
  await delay(Math.max(0, rotation().to - Date.now()) + 50);
  expect(await getShop()).toMatchObject({ fetchedAt, stale: "unavailable" });
  expect(secrets.status()[0]).toMatchObject({ freshness: "stale" });
  await delay(Math.max(0, fetchedAt + 11_100 - Date.now()));
  const error = await getShop().catch((thrown: unknown) => thrown);
  expect(isSecretsError(error)).toBe(true);
  expect(error).toMatchObject({ code: "stale-limit", retryable: true, secretName: "shop" });
  // Known to be out, it was tried once per step of the backoff and no more.
  expect(program.asked()).toBeLessThan(15);
  await program.proxy.heal();
  await expect.poll(() => getShop().then((next) => isAccepted(next.reveal())), { timeout: 60_000 }).toBe(true);
  await secrets.close();
  await program.close();
});
