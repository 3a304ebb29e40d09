import { setTimeout as pass } from "node:timers/promises";
import { createSecrets } from "@secretsource/core";
import type { SecretRecord } from "@secretsource/core/source";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startOpenBao, startPostgres } from "../../../tools/servers/index.ts";
import { token } from "../src/auth/index.ts";
import { vaultDatabase } from "../src/index.ts";
import { BaoAdmin } from "./bao/bao-admin.ts";
import { mountDatabase } from "./bao/bao-minting-stores.ts";

const [bao, postgres] = await Promise.all([startOpenBao(), startPostgres()]);
const admin = new BaoAdmin(bao.url);
afterAll(() => Promise.all([bao.stop(), postgres.stop()]));

let given: string;
beforeAll(async () => {
  await mountDatabase(admin, postgres);
  // The engine itself makes the user whose password it rotates from then on.
  await admin.call("POST", "database/roles/maker", {
    db_name: "pg",
    creation_statements: ["CREATE ROLE steady WITH LOGIN PASSWORD 'first'; CREATE ROLE \"{{name}}\";"],
  });
  await admin.call("GET", "database/creds/maker");
  await admin.call("POST", "database/static-roles/app", {
    db_name: "pg",
    username: "steady",
    rotation_period: "5s",
    rotation_statements: [`ALTER USER "{{name}}" WITH PASSWORD '{{password}}';`],
  });
  await admin.policy("static", { "database/static-creds/*": ["read"], "database/static-creds/denied": ["deny"] });
  given = await admin.token("static");
});

const open = () => vaultDatabase({ address: bao.url, env: {}, login: token({ token: given }), roles: "static" });
const context = { signal: new AbortController().signal, bypassCaches: true };

test("two reads between rotations are one value; the next rotation is told, and there is another value after it", async () => {
  const source = open();
  const read = async () => (await source.read({ name: "app", version: "current" }, context)) as SecretRecord;
  let first = await read();
  let second = await read();
  // A rotation may fall between them, once.
  if (first.payload !== second.payload) [first, second] = [await read(), await read()];
  expect(second.payload).toBe(first.payload);
  // All of it: the fake of the conformance suite says the same.
  expect(JSON.parse(String(first.payload))).toEqual({
    username: "steady",
    password: expect.any(String),
    rotation_period: 5,
    last_vault_rotation: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
  });
  const { changesInMs = 0 } = first;
  expect(changesInMs).toBeGreaterThan(0);
  expect(changesInMs).toBeLessThanOrEqual(6000);
  expect(first.createdAt).toBeGreaterThan(Date.now() - 60_000);
  await pass(changesInMs + 1000);
  const passwords = [await read(), first].map(({ payload }) => JSON.parse(String(payload)).password);
  expect(passwords[0]).not.toBe(passwords[1]);
  await source.close?.();
});

test("an instance has the new password by itself, and says rotated once for each", async () => {
  const secrets = createSecrets({ source: open() });
  const rotated: unknown[] = [];
  secrets.on((event) => void (event.type === "rotated" && rotated.push(event)));
  const live = await secrets.watchSecret("app", { as: "json" });
  const passwordOf = () => (live.current.reveal() as { password: string }).password;
  const seen = new Set([passwordOf()]);
  for (let look = 0; look < 60; look += 1) {
    await pass(200);
    seen.add(passwordOf());
  }
  // 12 s: two rotations or three, and not one for each look.
  expect(seen.size).toBeGreaterThanOrEqual(2);
  expect(seen.size).toBeLessThanOrEqual(4);
  expect(rotated.length).toBeLessThanOrEqual(seen.size);
  await secrets.close();
});

test("a role that there is not is not-found, a denied one is access-denied", async () => {
  const source = open();
  expect(await source.read({ name: "none", version: "current" }, context)).toMatchObject({ failure: "not-found" });
  expect(await source.read({ name: "denied", version: "current" }, context)).toMatchObject({
    failure: "access-denied",
    advice: expect.stringContaining("`read` on `database/static-creds/denied`"),
  });
  await source.close?.();
});
