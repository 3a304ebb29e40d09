import { jsonAnswer, startWireServer, type WireRequest } from "@secretsource/conformance/wire";
import { createSecrets } from "@secretsource/core";
import { expect, onTestFinished, test } from "vitest";
import { ask } from "../test/ask.ts";
import { tenant } from "../test/fake-entra.ts";
import { failed } from "../test/fake-key-vault.ts";
import { signToken } from "../test/fake-token.ts";
import { hasToken, withFake } from "../test/with-fake.ts";

const challenged = (header: string) =>
  failed(401, "Unauthorized", "AKV10000", { headers: { "www-authenticate": header } });

async function elsewhere() {
  const server = await startWireServer(() => jsonAnswer({}));
  onTestFinished(() => server.close());
  return server;
}

test.each([
  "https://graph.microsoft.com",
  "https://vault.azure.cn",
  "https://net",
  "https://azure.net",
  "https://vault.azure.net.example",
  "https://vault.azure.net@example",
  "not a resource",
])("for a challenge that names the resource %s no token is fetched, and none is sent", async (resource) => {
  const { entra, server, source } = await withFake();
  await server.inject(challenged(`Bearer authorization="${entra.server.url}/${tenant}", resource="${resource}"`));
  expect(await ask(source, "db")).toMatchObject({
    failure: "unauthenticated",
    advice: expect.stringContaining("was sent none"),
  });
  expect(entra.logins).toBe(0);
  expect(server.requests.filter(hasToken)).toEqual([]);
});

test("the authority that a challenge names is never asked: the credential has its own", async () => {
  const other = await elsewhere();
  const { entra, vault, server, source } = await withFake();
  vault.set("db", "1");
  const resource = 'resource="https://vault.azure.net"';
  await server.inject(challenged(`Bearer authorization="${other.url}/${tenant}", ${resource}`), { times: 1 });
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
  expect(entra.logins).toBe(1);
  expect(other.requests).toEqual([]);
});

test("a challenge of another tenant is not followed, unless the credential is for that tenant as well", async () => {
  const other = await elsewhere();
  const { entra, server, source } = await withFake();
  const authority = `${other.url}/11111111-2222-3333-4444-555555555555`;
  await server.inject(challenged(`Bearer authorization="${authority}", resource="https://vault.azure.net"`));
  expect(await ask(source, "db")).toMatchObject({
    failure: "unauthenticated",
    advice: expect.stringContaining("additionallyAllowedTenants"),
  });
  expect([entra.logins, other.requests.length, server.requests.filter(hasToken).length]).toEqual([0, 0, 0]);
});

test.each(["Bearer", "Bearer error=", 'Bearer authorization="no URL", resource="https://vault.azure.net"', "Basic"])(
  "a challenge that says nothing is a refusal: %s",
  async (header) => {
    const { server, source } = await withFake();
    await server.inject(challenged(header));
    expect(await ask(source, "db")).toMatchObject({ failure: "unauthenticated" });
    expect(server.requests).toHaveLength(1);
  },
);

test("neither a redirect nor a page of the list leads a token to another host", async () => {
  const { vault, server, source } = await withFake();
  vault.set("db", "1");
  await server.inject("redirect", { where: hasToken, times: 1 });
  expect(await ask(source, "db")).toMatchObject({ failure: "unavailable" });
  expect(server.elsewhere).toEqual([]);
  const isList = (request: WireRequest) => request.path.endsWith("/versions");
  const other = await elsewhere();
  const nextLink = `${other.url.replace("http:", "https:")}/secrets/db/versions?api-version=7.6`;
  const one = { id: `${server.url}/secrets/db/${"0".repeat(32)}`, attributes: { enabled: true, created: 1 } };
  await server.inject(jsonAnswer({ value: [one], nextLink }), { where: isList });
  expect(await ask(source, "db", "previous")).toMatchObject({
    failure: "payload-corrupt",
    advice: expect.stringContaining("another host"),
  });
  expect(other.requests).toEqual([]);
});

test("a redirect on the own host is not followed either: the service has none", async () => {
  const { vault, server, source, calls } = await withFake();
  vault.set("other", "not asked for");
  const away = { status: 307, headers: { location: `${server.url}/secrets/other?api-version=7.6` } };
  await server.inject(away, { where: hasToken, times: 1 });
  expect(await ask(source, "db")).toMatchObject({ failure: "unavailable" });
  expect(calls()).toEqual(["/secrets/db/"]);
});

test("a claims challenge of continuous access evaluation is answered once, by a token that meets it", async () => {
  const { entra, vault, source, calls } = await withFake();
  vault.set("db", "1");
  await ask(source, "db");
  vault.demandedClaims = '{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}';
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
  expect(entra.logins).toBe(2);
  expect(calls()).toHaveLength(3);
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
  expect([entra.logins, calls().length]).toEqual([2, 4]);
});

test("a claims challenge that no token meets is a refusal, and says what refuses", async () => {
  const { entra, vault, server, source } = await withFake();
  vault.set("db", "1");
  await ask(source, "db");
  const before = server.requests.length;
  const claims = Buffer.from('{"access_token":{}}').toString("base64");
  const where = `authorization="${entra.server.url}/${tenant}"`;
  await server.inject(challenged(`Bearer ${where}, error="insufficient_claims", claims="${claims}"`));
  expect(await ask(source, "db")).toMatchObject({
    failure: "unauthenticated",
    advice: expect.stringContaining("Continuous access evaluation"),
  });
  expect(server.requests.length - before).toBe(2);
});

test("a vault that makes the same claims challenge of every token leads to one login a minute", async () => {
  const { entra, vault, server, source } = await withFake();
  const names = Array.from({ length: 20 }, (_, n) => `n${n}`);
  await ask(source, "db");
  const claims = Buffer.from('{"access_token":{}}').toString("base64");
  const where = `authorization="${entra.server.url}/${tenant}"`;
  await server.inject(challenged(`Bearer ${where}, error="insufficient_claims", claims="${claims}"`));
  for (const name of names) expect(await ask(source, name)).toMatchObject({ failure: "unauthenticated" });
  expect(entra.logins).toBe(2);
  await server.heal();
  vault.set("db", "1");
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
});

test("where the clocks differ by hours the vault refuses each token, and the advice names the clock", async () => {
  const { vault, source, calls } = await withFake();
  vault.set("db", "1");
  vault.clockAheadMs = 7_200_000;
  expect(await ask(source, "db")).toMatchObject({
    failure: "unauthenticated",
    advice: expect.stringContaining("clock"),
    native: { status: 401 },
  });
  expect(calls()).toHaveLength(1);
  vault.clockAheadMs = 0;
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
});

/** A credential that signs its tokens itself, each for so long. */
function tokensFor(lifetimes: readonly number[]) {
  const credential = {
    asked: 0,
    async getToken() {
      const ms = lifetimes[credential.asked] ?? 3_600_000;
      credential.asked += 1;
      const expiresOnTimestamp = Date.now() + ms;
      const [aud, iss] = ["https://vault.azure.net", `https://sts.windows.net/${tenant}/`];
      return { token: signToken({ aud, iss, nbf: 0, exp: expiresOnTimestamp / 1000 }), expiresOnTimestamp };
    },
  };
  return credential;
}

test("a token that is about to end is replaced before the next request, which is never refused", async () => {
  const credential = tokensFor([900]);
  const { vault, server, source } = await withFake({ credential });
  vault.set("db", "1");
  for (let n = 0; n < 3; n += 1) expect(await ask(source, "db")).toMatchObject({ payload: "1" });
  expect(credential.asked).toBe(2);
  expect(server.requests.map(hasToken)).toEqual([false, true, true, true]);
});

test("a credential of one's own is asked once more when the vault refuses its token, and the read goes on", async () => {
  const credential = tokensFor([3_600_000, 36_000_000]);
  const { vault, source } = await withFake({ credential });
  vault.set("db", "1");
  await ask(source, "db");
  vault.clockAheadMs = 7_200_000;
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
  expect(credential.asked).toBe(2);
});

test("of a storm of 429s the vault sees one request, until the time is over that it asked for", async () => {
  const { server, source } = await withFake();
  await server.inject(failed(429, "Throttled", "Slow down", { headers: { "retry-after": "60" } }));
  const secrets = createSecrets({ source });
  const readers = Array.from({ length: 50 }, () => secrets.getSecret("db"));
  const ends = await Promise.allSettled(readers);
  expect(new Set(ends.map((end) => end.status === "rejected" && end.reason.code))).toEqual(new Set(["throttled"]));
  await expect(secrets.getSecret("db")).rejects.toMatchObject({ code: "throttled" });
  expect(server.requests).toHaveLength(1);
  await secrets.close();
});

test("after a 429 that asks for less than a call lasts, each attempt comes when that time is over", async () => {
  const { vault, server, source } = await withFake();
  vault.set("db", "1");
  await ask(source, "db");
  const before = server.requests.length;
  const busy = failed(429, "Throttled", "Slow down", { headers: { "retry-after-ms": "120" } });
  await server.inject(busy, { where: hasToken, times: 2 });
  const secrets = createSecrets({ source });
  const read = await Promise.all(Array.from({ length: 50 }, () => secrets.getSecret("db")));
  expect(new Set(read.map((secret) => secret.reveal()))).toEqual(new Set(["1"]));
  const times = server.requests.slice(before).map(({ atMs }) => atMs);
  const gaps = times.slice(1).map((atMs, n) => atMs - (times[n] as number));
  expect(gaps).toHaveLength(2);
  for (const gap of gaps) expect(gap).toBeGreaterThan(119);
  await secrets.close();
});
