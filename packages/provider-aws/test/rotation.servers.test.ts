import { setTimeout as delay } from "node:timers/promises";
import { createSecrets } from "@secretsource/core";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { startPostgres, startServer } from "../../../tools/servers/index.ts";
import { awsSecretsManager } from "../src/index.ts";
import { fakeRegion } from "./fake-secrets-manager.ts";
import { testCredentials } from "./json-service.ts";
import { isLoginRejected, newPassword, RotatingRole } from "./rotating-role.ts";
import { secretsManagerServer } from "./secrets-manager-server.ts";

const Login = z.object({ username: z.string(), password: z.string() });
const rotations = 50;
const workers = 4;
/** Between the two halves of a rotation: the password, and the label. */
const gapMs = 100;

const [postgres, ministack] = await Promise.all([startPostgres(), startServer("ministack")]);
afterAll(() => Promise.all([postgres.stop(), ministack.stop()]));

test(`${rotations} rotations under load, the password first or the label first: no operation fails`, async () => {
  const name = "production/shop/db";
  const role = await RotatingRole.create(postgres);
  const store = await secretsManagerServer(ministack.url);
  await store.put(name, JSON.stringify(await role.begin("shop")));

  const source = awsSecretsManager({ region: fakeRegion, endpoint: store.front.url, credentials: testCredentials });
  await using secrets = createSecrets({ source, ttl: "1s" });
  const live = await secrets.watchSecret(name, { schema: Login });

  let isOver = false;
  let operations = 0;
  let bridged = 0;
  const failures: unknown[] = [];
  const work = async () => {
    while (!isOver) {
      let attempts = 0;
      const operation = secrets.withSecret(
        name,
        (login) => {
          attempts += 1;
          return role.use(login.reveal());
        },
        { schema: Login, isAuthError: isLoginRejected },
      );
      await operation.catch((error: unknown) => failures.push(error));
      operations += 1;
      if (attempts > 1) bridged += 1;
    }
  };
  const working = Array.from({ length: workers }, work);

  try {
    for (let rotation = 0; rotation < rotations; rotation += 1) {
      const login = { username: "shop", password: newPassword() };
      const version = await store.stage(name, JSON.stringify(login));
      const steps = [() => role.setPassword(login), () => store.moveCurrentTo(name, "AWSPENDING")];
      if (rotation % 2 === 1) steps.reverse();
      await steps[0]?.();
      await delay(gapMs);
      await steps[1]?.();
      await expect.poll(() => live.current.version, { timeout: 5000 }).toBe(version);
      expect(live.current.reveal()).toEqual(login);
    }
  } finally {
    isOver = true;
    await Promise.all(working);
  }

  expect(failures).toEqual([]);
  expect(operations).toBeGreaterThan(rotations * workers);
  // Had none of them fallen into a gap, this would have shown nothing.
  expect(bridged).toBeGreaterThan(0);
  console.log(
    `${rotations} rotations, ${operations} operations, ${bridged} of them in a gap, ${failures.length} failed`,
  );
  await store.end();
  await role.end();
}, 300_000);
