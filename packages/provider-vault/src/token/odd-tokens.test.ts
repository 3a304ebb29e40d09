import { describe, expect, test } from "vitest";
import { connect } from "../../test/connect.ts";
import { reply } from "../../test/fake/reply.ts";
import type { VaultLogin, VaultToken } from "../auth/vault-login.ts";

const renewals = /renew-self/;

test("denials, each with its look at the token, do not put the token's renewal off", async () => {
  await using at = await connect({ ttl: 100 });
  at.vault.deny("secret/data/b");
  for (let passed = 0; passed < 95; passed += 1) {
    expect(await at.read("b")).toMatchObject({ failure: "access-denied" });
    await at.clock.advance("1s");
  }
  expect([at.login.count, at.count(renewals)]).toEqual([1, 1]);
});

test("a renewal without a time is none: a login takes the token's place", async () => {
  await using at = await connect({ ttl: 100 });
  await at.read();
  await at.server.inject(reply({ auth: { client_token: "hvs.same", renewable: true, lease_duration: 0 } }), {
    where: ({ path }) => renewals.test(path),
  });
  for (let passed = 0; passed < 99; passed += 1) {
    await at.clock.advance("1s");
    expect(await at.read()).toMatchObject({ status: 200 });
  }
  expect([at.login.count, at.count(renewals)]).toEqual([2, 1]);
});

test("a token that may not look itself up, and was replaced for that, is revoked at the close", async () => {
  await using at = await connect({ ttl: 100_000, lookUp: false });
  await at.read();
  at.vault.deny("secret/data/b");
  await Promise.all(Array.from({ length: 8 }, () => at.read("b")));
  expect(at.login.count).toBe(2);
  await at.connection.close();
  expect([at.vault.tokens.revoked.length, at.count(/revoke-self/)]).toEqual([2, 2]);
});

describe("a login of one's own that gives no token", () => {
  test.each([
    undefined,
    null,
    "hvs.canary",
    {},
    { value: 7 },
    { value: "" },
    { value: "hvs.canary\n", renewable: false, revocable: false },
    { value: "hvs.canary\r\nx-vault-namespace: other", renewable: false, revocable: false },
  ])("%j", async (given) => {
    const login: VaultLogin = { method: "own", login: async () => given as unknown as VaultToken };
    await using at = await connect({}, { login });
    const said = await at.read();
    expect(said).toMatchObject({ failure: "unauthenticated", advice: expect.stringContaining("own login") });
    expect(JSON.stringify(said)).not.toContain("canary");
    expect(at.asked()).toEqual([]);
  });

  test("as one is to be replaced in the background: the token that is there is used on, and nothing rejects", async () => {
    let count = 0;
    const login: VaultLogin = {
      method: "own",
      async login({ logIn }) {
        count += 1;
        return count === 1 ? logIn(["auth", "anyone", "login"], {}) : (undefined as unknown as VaultToken);
      },
    };
    await using at = await connect({ ttl: 100, renewable: false }, { login });
    await at.read();
    await at.clock.advance("80s");
    expect(await at.read()).toMatchObject({ status: 200 });
    expect(count).toBe(2);
  });
});
