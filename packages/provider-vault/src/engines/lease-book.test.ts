import { describe, expect, test } from "vitest";
import { connect } from "../../test/connect.ts";
import type { FakeLeaseRules } from "../../test/fake/fake-leases.ts";
import { FakeMinter } from "../../test/fake/fake-minter.ts";
import type { FakeTokenRules } from "../../test/fake/fake-token.ts";
import { Minting } from "./minting.ts";

const { signal } = new AbortController();

/** What mints, and a role `app` with a lease. */
async function mint(tokens: FakeTokenRules, lease: FakeLeaseRules) {
  const at = await connect(tokens);
  const minter = new FakeMinter(at.vault.leases);
  minter.roles.set("app", { lease, data: () => ({ password: "p" }) });
  at.vault.mounts.set("database/", minter);
  const minting = new Minting(at.connection, {
    request: (name) => ({ method: "GET", path: ["database", "creds", name], needs: "read" }),
  });
  const read = async () => {
    const record = await minting.read("app", signal);
    if (record.failure !== undefined || record.lease?.id === undefined) throw new Error("no lease");
    return { ...record.lease, id: record.lease.id };
  };
  return { ...at, minter, minting, read, renew: (id: string) => minting.renew(id, signal) };
}

test("a lease lasts as long as the server says, and no longer than the token that it hangs on", async () => {
  await using long = await mint({ ttl: 1000 }, { ttl: 60 });
  expect(await long.read()).toMatchObject({ ttlMs: 60_000, renewable: true });
  await using short = await mint({ ttl: 1000 }, { ttl: 5000 });
  await short.read();
  await short.clock.advance("200s");
  expect(await short.read()).toMatchObject({ ttlMs: 800_000 });
});

test("a lease as long as its token is not curtailed by each renewal: the token is renewed first", async () => {
  await using at = await mint({ ttl: 1000 }, { ttl: 1000 });
  const { id } = await at.read();
  for (let round = 0; round < 5; round += 1) {
    await at.clock.advance("700s");
    expect(await at.renew(id)).toEqual({ id, ttlMs: 1_000_000, renewable: true });
  }
  expect([at.login.count, at.count(/renew-self/)]).toEqual([1, 5]);
});

test("when its token is at its maximum, a lease is told to be near its end, and new ones hang on a new token", async () => {
  await using at = await mint({ ttl: 1000, maxTtl: 1500 }, { ttl: 1000 });
  const { id } = await at.read();
  await at.clock.advance("700s");
  // The token gets 800 s more, and no further.
  expect(await at.renew(id)).toEqual({ id, ttlMs: 800_000, renewable: true });
  await at.clock.advance("700s");
  expect(await at.renew(id)).toEqual({ id, ttlMs: 100_000, renewable: false });
  expect(at.login.count).toBe(2);
  expect(await at.read()).toMatchObject({ ttlMs: 1_000_000 });
  await at.clock.advance("101s");
  expect(await at.renew(id)).toMatchObject({ failure: "not-found" });
});

test("a token that was revoked behind our back took its leases with it", async () => {
  await using at = await mint({ ttl: 1000 }, { ttl: 600 });
  const { id } = await at.read();
  for (const one of at.vault.tokens.all.values()) if (one !== at.vault.root) at.vault.tokens.end(one);
  expect(at.vault.leases.all.size).toBe(0);
  expect(await at.renew(id)).toMatchObject({ failure: "not-found" });
  expect(await at.read()).toMatchObject({ ttlMs: 600_000 });
});

test("an agent's cache: what it has already had the answer for is taken off", async () => {
  await using at = await mint({}, { ttl: 60 });
  await at.read();
  await at.server.inject(
    { headers: { age: "25" }, body: '{"lease_id":"a/b","lease_duration":60,"renewable":true,"data":{"password":"p"}}' },
    { where: ({ path }) => path.includes("creds") },
  );
  expect(await at.minting.read("app", signal)).toMatchObject({ ageMs: 25_000, lease: { id: "a/b", ttlMs: 35_000 } });
});

describe("a revocation", () => {
  test("ends the lease; one of a lease that is over has nothing to do", async () => {
    await using at = await mint({}, { ttl: 60 });
    const { id } = await at.read();
    expect(await at.minting.revoke(id, signal)).toBeUndefined();
    expect(at.vault.leases.revoked).toEqual([id]);
    expect(await at.minting.revoke(id, signal)).toBeUndefined();
  });

  test("that is denied says what to grant", async () => {
    await using at = await mint({}, { ttl: 60 });
    const { id } = await at.read();
    at.vault.deny("sys/leases/revoke");
    expect(await at.minting.revoke(id, signal)).toMatchObject({
      failure: "access-denied",
      advice: "Grant the policy of the token or role `update` on `sys/leases/revoke`.",
    });
  });
});

test("a renewal while the server is out of order says nothing about the lease", async () => {
  await using at = await mint({}, { ttl: 60 });
  const { id } = await at.read();
  await at.server.inject("unavailable");
  expect(await at.renew(id)).toMatchObject({ failure: "unavailable" });
  await at.server.heal();
  expect(await at.renew(id)).toMatchObject({ id });
});

test("a lease that cannot be renewed says so", async () => {
  await using at = await mint({}, { ttl: 60, renewable: false });
  const { id, renewable } = await at.read();
  expect([renewable, await at.renew(id)]).toMatchObject([false, { failure: "invalid-request" }]);
});
