import { makeAuthority } from "@secretsource/conformance/wire";
import type { SecretSource } from "@secretsource/core/source";
import { describe, expect, test } from "vitest";
import { anyone, connect } from "../../test/connect.ts";
import { refuse, reply } from "../../test/fake/reply.ts";
import { vaultDatabase } from "./vault-database.ts";
import { vaultKv } from "./vault-kv.ts";
import { vaultPki } from "./vault-pki.ts";

const context = { signal: new AbortController().signal, bypassCaches: true };
const read = (source: SecretSource, name = "app") => source.read({ name, version: "current" }, context);

async function open(answer: object) {
  const at = await connect({ ttl: 1000 });
  at.vault.mounts.set("database/", { handle: () => reply(answer) });
  const options = { address: at.address, env: {}, login: anyone, clock: at.clock };
  const source = vaultDatabase(options);
  return {
    ...at,
    options,
    source,
    async [Symbol.asyncDispose]() {
      await source.close?.();
      await at[Symbol.asyncDispose]();
    },
  };
}

const data = { username: "u", password: "p" };

describe("a lease that is over as it is granted is no absence of the secret", () => {
  test.each([
    ["of 0 s", 0],
    ["of no time", undefined],
    ["of less than no time", -5],
    ["of no number", "600"],
  ])("%s", async (_, lease_duration) => {
    await using at = await open({ lease_id: "database/creds/app/1", lease_duration, renewable: true, data });
    expect(await read(at.source)).toMatchObject({
      failure: "payload-corrupt",
      advice: expect.stringContaining("lease"),
    });
    // It was made all the same: it is given back.
    await expect.poll(() => at.count(/leases\/revoke/)).toBe(1);
  });

  test("older, in an agent's cache, than it lasts", async () => {
    await using at = await open({});
    const answer = { ...reply({ lease_id: "l", lease_duration: 60, renewable: true, data }), headers: { age: "61" } };
    at.vault.mounts.set("database/", { handle: () => answer });
    expect(await read(at.source)).toMatchObject({ failure: "unavailable", advice: expect.stringContaining("agent") });
  });
});

test("a renewal that does not say for how long is no end of the lease", async () => {
  await using at = await open({ lease_id: "l", lease_duration: 60, renewable: true, data });
  expect(await read(at.source)).toMatchObject({ lease: { ttlMs: 60_000 } });
  for (const lease_duration of [undefined, "60", -1]) {
    at.vault.mounts.set("sys/leases/", { handle: () => reply({ lease_id: "l", lease_duration }) });
    expect(await at.source.leases?.renew("l", context)).toMatchObject({ failure: "payload-corrupt" });
  }
});

describe("a certificate", () => {
  const issued = { certificate: "CERT", serial_number: "1", expiration: Date.UTC(2026, 0, 2) / 1000 };
  const pkiOf = (options: object, csr?: string) =>
    vaultPki({ ...options, certificates: () => ({ role: "web", ...(csr !== undefined && { csr }) }) });

  test("that was issued without its key is none; one that was signed has none", async () => {
    await using at = await open({});
    at.vault.mounts.set("pki/", { handle: () => reply({ data: issued }) });
    const [issue, sign] = [pkiOf(at.options), pkiOf(at.options, "CSR")];
    expect(await read(issue)).toMatchObject({ failure: "payload-corrupt", advice: expect.stringContaining("key") });
    expect(await read(sign)).toMatchObject({ version: "1" });
    await issue.close?.();
    await sign.close?.();
  });

  test("whose key is not its own is none, and neither is a key that cannot be read; its lease is given back", async () => {
    await using at = await open({});
    const authority = await makeAuthority();
    const [ours, other] = await Promise.all([authority.issue(), authority.issue()]);
    const lease = { lease_id: "pki/issue/web/1", lease_duration: 60, renewable: false };
    let private_key = ours.key;
    at.vault.mounts.set("pki/", {
      handle: () => reply({ ...lease, data: { ...issued, certificate: ours.cert, private_key } }),
    });
    const source = pkiOf(at.options);
    expect(await read(source)).toMatchObject({ version: "1" });
    for (const wrong of [other.key, "canary", ours.key.slice(0, -100)]) {
      private_key = wrong;
      const said = await read(source);
      expect(said).toMatchObject({ failure: "payload-corrupt", advice: expect.stringContaining("not that of its") });
      expect(JSON.stringify(said)).not.toContain("canary");
    }
    await expect.poll(() => at.count(/leases\/revoke/)).toBe(3);
    await source.close?.();
  });

  test.each([
    ["throws", () => JSON.parse("canary"), /vaultPki threw/],
    ["gives no certificate", () => "canary", /no certificate to ask for/],
    ["gives a wrong one", () => ({ role: "web", ttl: "canary" }), /no certificate to ask for/],
    ["gives a promise", async () => ({ role: "web" }), /no certificate to ask for/],
  ])("for a name whose function %s: a mistake of the program, and no request", async (_, certificates, advice) => {
    await using at = await open({});
    const source = vaultPki({ ...at.options, certificates: certificates as never });
    const said = await read(source);
    expect(said).toMatchObject({ failure: "invalid-request", advice: expect.stringMatching(advice) });
    expect([at.asked(), JSON.stringify(said).includes("canary")]).toEqual([[], false]);
    await source.close?.();
  });

  test.each(["..", "a/b", "", "\ud800", "a\u200bb"])("of the role %j: a mistake in the options", (role) => {
    expect(() => vaultPki({ address: "http://a", env: {}, certificates: { web: { role } } })).toThrow(
      expect.objectContaining({ code: "invalid-options" }),
    );
  });
});

test("a rotation that does not come is looked for less and less often, and every 30 s at least", async () => {
  await using at = await open({});
  const [last_vault_rotation, rotation_period] = ["2026-01-01T00:00:00Z", 60];
  at.vault.mounts.set("database/", {
    handle() {
      const ttl = Math.max(0, Math.floor((Date.UTC(2026, 0, 1, 0, 1) - at.clock.now()) / 1000));
      return reply({ data: { ...data, ttl, last_vault_rotation, rotation_period } });
    },
  });
  const source = vaultDatabase({ ...at.options, roles: "static" });
  const waits: unknown[] = [];
  for (const seconds of [50, 10, 2, 2, 36, 900]) {
    await at.clock.advance(seconds * 1000);
    const record = await read(source);
    waits.push(record.failure === undefined && record.changesInMs);
  }
  // 10 s before it, as it is due, and 2, 4, 40 and 940 s later.
  expect(waits).toEqual([11_000, 1000, 1500, 2000, 11_000, 30_000]);
  await source.close?.();
});

test.each([429, 500, 503])("a %i to the question of the engine's version is its answer", async (status) => {
  await using at = await open({});
  const source = vaultKv(at.options);
  await at.server.inject(refuse(status, "rate limit quota"), { where: ({ path }) => /internal/.test(path) });
  expect(await read(source, "a")).toMatchObject({ failure: status === 429 ? "throttled" : "unavailable" });
  expect(at.count(/secret\/data/)).toBe(0);
  await at.server.heal();
  expect(await read(source, "a")).toMatchObject({ version: "1" });
  await source.close?.();
});
