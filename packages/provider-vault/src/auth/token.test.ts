import { expect, test } from "vitest";
import { connect } from "../../test/connect.ts";
import { refuse } from "../../test/fake/reply.ts";
import { Connection } from "../connection/connection.ts";
import { connectionSettings } from "../connection/connection-settings.ts";
import { token } from "./token.ts";
import type { VaultLogin } from "./vault-login.ts";

async function refusalBy(login: VaultLogin) {
  await using at = await connect({}, { login });
  return { answer: await at.read(), asked: at.asked() };
}

test("is looked up once, renewed, and not revoked", async () => {
  const at = await connect({}, {});
  const given = at.vault.tokens.make({ ttl: 1000 });
  const settings = { address: at.address, env: { VAULT_TOKEN: given.value }, clock: at.clock };
  const connection = new Connection(connectionSettings(settings));
  const read = () =>
    connection.call({ method: "GET", path: ["secret", "data", "a"], needs: "read" }, new AbortController().signal);
  expect(await read()).toMatchObject({ status: 200 });
  await at.clock.advance("780s");
  await read();
  await expect.poll(() => at.count(/renew-self/)).toBe(1);
  await connection.close();
  expect([at.count(/lookup-self/), at.vault.tokens.revoked]).toEqual([1, []]);
  await at[Symbol.asyncDispose]();
});

test("that may not look itself up is tried all the same", async () => {
  const at = await connect({}, {});
  const given = at.vault.tokens.make({ lookUp: false });
  const again = await connect({}, { login: token({ token: given.value }), address: at.address });
  expect(await again.read()).toMatchObject({ status: 200 });
  await again[Symbol.asyncDispose]();
  await at[Symbol.asyncDispose]();
});

test("whose look-up finds nothing there: no absence of the secret", async () => {
  const at = await connect({}, { login: token({ token: "hvs.any" }) });
  await at.server.inject(refuse(404), { where: ({ path }) => path.includes("lookup-self") });
  expect(await at.read()).toMatchObject({ failure: "unauthenticated" });
  await at[Symbol.asyncDispose]();
});

test.each([
  ["given in code", { token: "hvs.dead" }, /`token\(\)` was given in code.*Give it a new one/],
  [
    "of a variable",
    { env: { VAULT_TOKEN: "hvs.dead" } },
    /Set VAULT_TOKEN \(or BAO_TOKEN, which goes before it\) anew/,
  ],
  ["of another variable", { env: { BAO_TOKEN: "hvs.dead" } }, /BAO_TOKEN/],
])("a dead one, %s, says where a new one belongs", async (_, options, advice) => {
  const { answer } = await refusalBy(token(options));
  expect(answer).toMatchObject({ failure: "unauthenticated", advice: expect.stringMatching(advice) });
  if ("token" in options) expect(answer.failure && answer.advice).not.toContain("VAULT_TOKEN");
});

test.each([
  ["hvs.canary", /token\(\{ token \}\)/],
  [["hvs.canary"], /plain object/],
])("%j is no option, and is not quoted", (given, advice) => {
  const make = () => token(given as never);
  expect(make).toThrow(expect.objectContaining({ code: "invalid-options", advice: expect.stringMatching(advice) }));
  expect(make).not.toThrow(/canary/);
});

test.each([
  [{ token: "a b" }, /`token` of token\(\)/],
  [{ env: { VAULT_TOKEN: "a b" } }, /VAULT_TOKEN/],
])("%j that cannot be one says whose it is", (options, advice) => {
  expect(() => token(options)).toThrow(advice);
});

test("none at all says what to set", async () => {
  const { answer, asked } = await refusalBy(token({ env: {} }));
  expect(answer).toMatchObject({ failure: "unauthenticated", advice: expect.stringContaining("VAULT_TOKEN") });
  expect(asked).toEqual([]);
});

test.each(["a b", "a\nx-vault-namespace: b", "ä", ""])("%j cannot be one", (value) => {
  expect(() => token({ token: value })).toThrow(expect.objectContaining({ code: "invalid-options" }));
});
