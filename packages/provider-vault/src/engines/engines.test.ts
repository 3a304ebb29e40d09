import type { WireAnswer } from "@secretsource/conformance/wire";
import type { SecretRecord } from "@secretsource/core/source";
import { describe, expect, test } from "vitest";
import { anyone, connect } from "../../test/connect.ts";
import { FakeMinter } from "../../test/fake/fake-minter.ts";
import { refuse, reply } from "../../test/fake/reply.ts";
import { certificateFor } from "../../test/fake-minting-store.ts";
import { vaultConnection } from "../connection/vault-connection.ts";
import { vaultAws } from "./vault-aws.ts";
import { vaultDatabase } from "./vault-database.ts";
import { vaultPath } from "./vault-path.ts";
import { vaultPki } from "./vault-pki.ts";

const context = { signal: new AbortController().signal, bypassCaches: true };
const ref = (name: string) => ({ name, version: "current" }) as const;

async function open() {
  const at = await connect({ ttl: 1000 });
  const connection = vaultConnection({ address: at.address, env: {}, login: anyone, clock: at.clock });
  return {
    ...at,
    shared: { connection },
    async [Symbol.asyncDispose]() {
      await connection.close();
      await at[Symbol.asyncDispose]();
    },
  };
}

describe("vaultDatabase, static roles", () => {
  test("the next rotation is told, a second after the server's whole ones", async () => {
    await using at = await open();
    at.vault.mounts.set("database/", {
      handle: ({ below }) =>
        reply({
          data: {
            username: below,
            password: "p",
            ttl: 30,
            rotation_period: 60,
            last_vault_rotation: "2026-01-01T00:00:00.123456789Z",
          },
        }),
    });
    const source = vaultDatabase({ ...at.shared, roles: "static" });
    expect(await source.read(ref("app"), context)).toEqual({
      payload: expect.stringContaining('"username":"static-creds/app"'),
      createdAt: Date.UTC(2026, 0, 1, 0, 0, 0, 123),
      changesInMs: 31_000,
      requestId: expect.any(String),
    });
    expect([source.traits.mints, source.leases]).toEqual([false, undefined]);
  });

  test("a role that there is not is looked for among the static ones", async () => {
    await using at = await open();
    at.vault.mounts.set("database/", { handle: () => refuse(400, "unknown role: app") });
    const answer = await vaultDatabase({ ...at.shared, roles: "static" }).read(ref("app"), context);
    const advice = expect.stringContaining("`vault list MOUNT/static-roles`");
    expect(answer).toMatchObject({ failure: "not-found", advice });
  });

  test("nothing has changed while only the time that is left has", async () => {
    await using at = await open();
    let ttl = 30;
    at.vault.mounts.set("database/", { handle: () => reply({ data: { username: "u", password: "p", ttl: ttl-- } }) });
    const source = vaultDatabase({ ...at.shared, roles: "static" });
    const [first, second] = [await source.read(ref("app"), context), await source.read(ref("app"), context)];
    expect([first, second]).toMatchObject([{ changesInMs: 31_000 }, { changesInMs: 30_000 }]);
    expect([first, second]).toMatchObject(Array(2).fill({ payload: '{"username":"u","password":"p"}' }));
  });
});

test("what the role does not allow: the advice leads to the role, and quotes nothing", async () => {
  await using at = await open();
  at.vault.mounts.set("pki/", { handle: () => refuse(400, "common name canary not allowed by this role") });
  const certificates = { web: { role: "web", commonName: "canary" } };
  const answer = await vaultPki({ ...at.shared, certificates }).read(ref("web"), context);
  expect(answer).toMatchObject({ failure: "invalid-request", advice: expect.stringContaining("MOUNT/roles/ROLE") });
  expect(JSON.stringify(answer)).not.toContain("canary");
});

describe("vaultDatabase, whose database is down", () => {
  const failing = (answer: WireAnswer) => ({ handle: () => answer });

  test.each([500, 502])("the server says so itself (%d): no user was made, and others may be", async (status) => {
    await using at = await open();
    at.vault.mounts.set("database/", failing(refuse(status, "failed to connect: connection refused")));
    const answer = await vaultDatabase(at.shared).read(ref("app"), context);
    const told = { failure: "unavailable", madeNothing: true, thisSecretOnly: true, native: { status } };
    expect(answer).toMatchObject(told);
    expect(JSON.stringify(answer)).not.toContain("connection refused");
  });

  test("a renewal says that others may do better", async () => {
    await using at = await open();
    const minter = new FakeMinter(at.vault.leases);
    minter.roles.set("app", { lease: { ttl: 60 }, data: () => ({}) });
    at.vault.mounts.set("database/", minter);
    const source = vaultDatabase(at.shared);
    const { lease } = (await source.read(ref("app"), context)) as SecretRecord;
    await at.server.inject(refuse(500, "dial tcp: connection refused"), { where: ({ path }) => /leases/.test(path) });
    const told = { failure: "unavailable", thisSecretOnly: true };
    expect(await source.leases?.renew(lease?.id ?? "", context)).toMatchObject(told);
    expect(await source.leases?.revoke(lease?.id ?? "", context)).toMatchObject(told);
  });

  test.each([
    [500, "local node not active but active cluster node not found"],
    [503, "Vault is sealed"],
  ])("a %d of the server's own (%s) made nothing, and is everybody's", async (status, text) => {
    await using at = await open();
    at.vault.mounts.set("database/", failing(refuse(status, text)));
    const answer = await vaultDatabase(at.shared).read(ref("app"), context);
    expect(answer).toMatchObject({ failure: "unavailable", madeNothing: true });
    expect(answer).not.toHaveProperty("thisSecretOnly");
  });

  test.each([
    [500, { status: 500, body: "<html>Internal Server Error</html>" }],
    [502, { status: 502, body: "" }],
    [504, { status: 504, body: "<html>Gateway Time-out</html>" }],
    [500, refuse(500, "failed to get the response: context deadline exceeded")],
  ])("a %d of what stands before it (%j) says nothing of what was made", async (_, said) => {
    await using at = await open();
    at.vault.mounts.set("database/", failing(said));
    const answer = await vaultDatabase(at.shared).read(ref("app"), context);
    expect(answer).toMatchObject({ failure: "unavailable" });
    expect(answer).not.toHaveProperty("madeNothing");
    expect(answer).not.toHaveProperty("thisSecretOnly");
  });
});

describe("vaultPki", () => {
  async function openPki(seconds = 3600) {
    const at = await open();
    const bodies: unknown[] = [];
    const role = (verb: string) => {
      const minter = new FakeMinter(at.vault.leases, verb, "POST");
      minter.roles.set("web", {
        data({ body }) {
          bodies.push(body);
          return { ...certificateFor(0), expiration: at.clock.now() / 1000 + seconds };
        },
      });
      return minter;
    };
    at.vault.mounts.set("pki/issue/", {
      handle: (request) =>
        role("x").roles.get(request.below) === undefined
          ? reply({})
          : role("issue").handle({ ...request, below: `issue/${request.below}` }),
    });
    at.vault.mounts.set("pki/sign/", {
      handle: (request) => role("sign").handle({ ...request, below: `sign/${request.below}` }),
    });
    return { ...at, bodies };
  }

  test("asks for what the options say, and is valid until the certificate's end", async () => {
    await using at = await openPki();
    const source = vaultPki({
      ...at.shared,
      certificates: {
        web: {
          role: "web",
          commonName: "a.example",
          altNames: ["b.example", "c.example"],
          ipSans: ["127.0.0.1"],
          ttl: "90m",
        },
      },
    });
    const record = await source.read(ref("web"), context);
    expect(at.bodies).toEqual([
      { common_name: "a.example", alt_names: "b.example,c.example", ip_sans: "127.0.0.1", ttl: "5400s" },
    ]);
    expect(record).toMatchObject({
      version: expect.stringMatching(/^[\da-f:]+$/),
      validUntil: at.clock.now() + 3_600_000,
      lease: { ttlMs: 3_600_000, renewable: false },
    });
    const { private_key, certificate, ca_chain } = JSON.parse(String((record as { payload: string }).payload));
    expect([private_key, certificate, ca_chain[0]].every((pem) => pem.startsWith("-----BEGIN"))).toBe(true);
  });

  test("signs a request, by another path", async () => {
    await using at = await openPki();
    const source = vaultPki({ ...at.shared, certificates: () => ({ role: "web", csr: "-----BEGIN…" }) });
    await source.read(ref("anything"), context);
    expect(at.count(/POST pki\/sign\/web/)).toBe(1);
  });

  test("a name without a certificate is not-found, and nothing is asked", async () => {
    await using at = await openPki();
    const source = vaultPki({ ...at.shared, certificates: {} });
    expect(await source.read(ref("toString"), context)).toMatchObject({ failure: "not-found" });
    expect(at.asked()).toEqual([]);
  });

  test("a certificate that has ended is none", async () => {
    await using at = await openPki(0);
    const source = vaultPki({ ...at.shared, certificates: () => ({ role: "web" }) });
    expect(await source.read(ref("web"), context)).toMatchObject({ failure: "payload-corrupt" });
  });

  test.each([{ role: "" }, { role: "r", altNames: ["a,b"] }, { role: "r", ttl: "5" }, { role: "r", name: "x" }])(
    "%j is a mistake",
    (one) => {
      expect(() => vaultPki({ address: "http://a", env: {}, certificates: { one: one as never } })).toThrow(
        expect.objectContaining({ code: "invalid-options" }),
      );
    },
  );
});

describe("vaultPath", () => {
  test("reads what is there", async () => {
    await using at = await open();
    at.vault.mounts.set("cubbyhole/", { handle: () => reply({ data: { n: 1 } }) });
    expect(await vaultPath(at.shared).read(ref("cubbyhole/a"), context)).toMatchObject({ payload: '{"n":1}' });
  });

  test.each([
    [refuse(404), "not-found", /^There is nothing at `any\/where\/a`: check the name and `prefix` of vaultPath\.$/],
    [refuse(400, "unknown role: canary"), "not-found", /^There is nothing at `any\/where\/a`/],
    [refuse(404, "unsupported path"), "invalid-request", /no path `any\/where\/a`: check the name and `prefix`/],
    [refuse(405, "unsupported operation"), "invalid-request", /check the name and `prefix`/],
    [refuse(400, "canary"), "invalid-request", /name and the options/],
    [refuse(503, "Vault is sealed"), "unavailable", /sealed/],
  ])("%j is explained by the options that it has", async (said, failure, advice) => {
    await using at = await open();
    at.vault.mounts.set("any/", { handle: () => said });
    const answer = await vaultPath({ ...at.shared, prefix: "any/where" }).read(ref("a"), context);
    expect(answer).toMatchObject({ failure, advice: expect.stringMatching(advice) });
    expect(JSON.stringify(answer)).not.toMatch(/canary|`mount`|role/);
  });

  test("below no engine", async () => {
    await using at = await open();
    expect(await vaultPath(at.shared).read(ref("no/where"), context)).toMatchObject({
      failure: "invalid-request",
      advice: "No engine is mounted at `no/where`: check the name and `prefix` of vaultPath, and the namespace.",
    });
  });

  test("a credential with a lease is refused where none was expected, and given back", async () => {
    await using at = await open();
    const minter = new FakeMinter(at.vault.leases);
    minter.roles.set("app", { lease: { ttl: 60 }, data: () => ({}) });
    at.vault.mounts.set("rabbitmq/", minter);
    const source = vaultPath({ ...at.shared, prefix: "rabbitmq/creds" });
    expect(await source.read(ref("app"), context)).toMatchObject({ failure: "unsupported" });
    await expect.poll(() => at.vault.leases.revoked.length).toBe(1);
    expect([source.traits.mints, source.leases]).toEqual([false, undefined]);
  });
});

test("several sources on one connection: one login, and a source's close ends nothing that it shares", async () => {
  await using at = await open();
  const minter = new FakeMinter(at.vault.leases);
  minter.roles.set("app", { lease: { ttl: 60 }, data: () => ({}) });
  at.vault.mounts.set("database/", minter);
  at.vault.mounts.set("cubbyhole/", { handle: () => reply({ data: {} }) });
  const [database, path] = [vaultDatabase(at.shared), vaultPath(at.shared)];
  await Promise.all([database.read(ref("app"), context), path.read(ref("cubbyhole/a"), context)]);
  await database.close?.();
  expect(await path.read(ref("cubbyhole/a"), context)).toMatchObject({ payload: "{}" });
  expect([at.login.count, at.vault.tokens.revoked]).toEqual([1, []]);
});

test.each([
  () => vaultDatabase({ roles: "other" as never }),
  () => vaultDatabase({ connection: {} as never }),
  () => vaultDatabase({ connection: vaultConnection({ address: "http://a", env: {} }), address: "http://b" }),
  () => vaultAws({ address: "http://a", env: {}, propagation: "9s" }),
  () => vaultPath({ address: "http://a", env: {}, mints: 1 as never }),
  () => vaultDatabase({ address: "http://user:canary@a", env: {} }),
  () => vaultDatabase({ address: "canary", env: {} }),
  () => vaultDatabase({ address: "http://a/canary", env: {} }),
  () => vaultDatabase({ env: {} }),
])("a mistake is told at once, without what was given (%#)", (make) => {
  expect(make).toThrow(expect.objectContaining({ code: "invalid-options" }));
  expect(make).not.toThrow(/canary/);
});

test("a connection of another copy of the package is refused, with the reason", () => {
  expect(() => vaultDatabase({ connection: {} as never })).toThrow(/vaultConnection\(\) of the same copy.*`require`/);
});
