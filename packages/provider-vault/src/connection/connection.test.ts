import { inspect } from "node:util";
import { jsonAnswer } from "@secretsource/conformance/wire";
import { describe, expect, test } from "vitest";
import { connect } from "../../test/connect.ts";
import { refuse } from "../../test/fake/reply.ts";
import { token } from "../auth/index.ts";

const lookUps = /lookup-self/;

describe("a 403", () => {
  test("is a denial only after a look at our own token; one look for all who ask", async () => {
    await using at = await connect({ ttl: 1000 });
    await at.read();
    at.vault.deny("secret/data/b");
    const answers = await Promise.all(Array.from({ length: 20 }, () => at.read("b")));
    for (const answer of answers) {
      expect(answer).toMatchObject({
        failure: "access-denied",
        advice:
          "Grant the policy of the token or role `read` on `secret/data/b`. A path that does not exist is denied in the same way: check it first.",
        native: { status: 403 },
      });
    }
    expect([at.login.count, at.count(lookUps)]).toEqual([1, 1]);
    expect(await at.read()).toMatchObject({ status: 200 });
  });

  test("of a token that was revoked behind our back: one login for all, and every call is answered", async () => {
    await using at = await connect({ ttl: 1000 });
    await at.read();
    for (const one of at.vault.tokens.all.values()) if (one !== at.vault.root) at.vault.tokens.end(one);
    const answers = await Promise.all(Array.from({ length: 20 }, () => at.read()));
    expect(answers.every(({ failure }) => failure === undefined)).toBe(true);
    expect([at.login.count, at.count(lookUps)]).toEqual([2, 1]);
  });

  test("when the look fails: what the look says, neither a denial nor a dead token", async () => {
    await using at = await connect({ ttl: 1000 });
    at.vault.deny("secret/data/b");
    await at.server.inject("unavailable", { where: ({ path }) => lookUps.test(path) });
    expect(await at.read("b")).toMatchObject({ failure: "unavailable" });
    expect(at.login.count).toBe(1);
  });

  test("when the look finds nothing there: no absence of the secret", async () => {
    await using at = await connect({ ttl: 1000 });
    at.vault.deny("secret/data/b");
    await at.server.inject(refuse(404), { where: ({ path }) => lookUps.test(path) });
    expect(await at.read("b")).toMatchObject({ failure: "unauthenticated", native: { status: 404 } });
  });

  test("of a token that may not look itself up: a new login once, then a denial, and no login per call", async () => {
    await using at = await connect({ ttl: 100_000, lookUp: false });
    at.vault.deny("secret/data/b");
    for (let round = 0; round < 20; round += 1) {
      expect(await at.read("b")).toMatchObject({
        failure: "access-denied",
        advice: expect.stringContaining("lookup-self"),
      });
    }
    expect(at.login.count).toBe(2);
    await at.clock.advance("61s");
    await at.read("b");
    expect(at.login.count).toBe(3);
  });

  test("of a token that somebody gave us: it is dead, and says so", async () => {
    await using at = await connect({}, { login: token({ token: "hvs.canary-dead" }) });
    const answer = await at.read();
    expect(answer).toMatchObject({ failure: "unauthenticated", advice: expect.stringContaining("Give it a new one") });
    expect(inspect(answer, { depth: 9 })).not.toContain("canary");
  });

  test("behind an agent: we send no token, and look at the agent's own", async () => {
    await using at = await connect(
      {},
      { login: undefined, agent: true, env: { VAULT_TOKEN: "hvs.not-for-the-agent" } },
    );
    expect(await at.read()).toMatchObject({
      failure: "unauthenticated",
      advice: expect.stringContaining("auto_auth"),
    });
    for (const { everything } of at.server.requests) expect(everything.toLowerCase()).not.toContain("x-vault-token");
    expect(at.count(lookUps)).toBe(1);
  });
});

describe("every request", () => {
  test("bears the namespace, the header that agents ask for, and encoded segments", async () => {
    await using at = await connect({}, { namespace: "team/a" });
    await at.call({ path: ["secret", "data", "a b?c#d%2F/e"], query: { version: "1&x" } });
    const [, request] = at.server.requests;
    expect(request?.url).toBe("/v1/secret/data/a%20b%3Fc%23d%252F%2Fe?version=1%26x");
    expect(request?.headers).toMatchObject({ "x-vault-namespace": "team/a", "x-vault-request": "true" });
  });

  test("asks for what our own writes, the login among them, have brought about", async () => {
    await using at = await connect({});
    at.vault.index = Buffer.from("v1:c1:7:7:c0ffee").toString("base64");
    await at.read();
    await at.read();
    const [login, first, second] = at.server.requests.map(({ headers }) => headers["x-vault-index"]);
    expect([login, first, second]).toEqual([undefined, at.vault.index, at.vault.index]);
  });
});

test("what one connection has written is no matter of another one", async () => {
  await using at = await connect({});
  at.vault.index = Buffer.from("v1:c1:7:7:c0ffee").toString("base64");
  await at.read();
  at.vault.index = undefined;
  await using other = await connect({}, { address: at.address });
  await other.read();
  const asked = at.server.requests.map(({ headers }) => headers["x-vault-index"] !== undefined);
  expect(asked).toEqual([false, true, false, false]);
});

describe("what else a server says", () => {
  const errors = (text: string) => ({ errors: [text] });
  test.each([
    [400, errors("canary"), "invalid-request", /name and the options/],
    [
      404,
      errors('no handler for route "x/canary". route entry not found.'),
      "invalid-request",
      /^No engine is mounted at `secret\/data\/a`: check `mount`/,
    ],
    [404, errors("unsupported path"), "invalid-request", /mounted there has no path `secret\/data\/a`.*which engine/],
    [404, errors("namespace not found"), "invalid-request", /no namespace `team`: check `namespace`/],
    [
      405,
      errors("unsupported operation canary"),
      "invalid-request",
      /not take this request at `secret\/data\/a`.*which engine/,
    ],
    [412, errors("required index state not present"), "unavailable", /last write/],
    [413, errors("canary"), "invalid-request", /length/],
    [429, errors("request path canary: rate limit quota exceeded"), "throttled", /quota of the server/],
    [429, errors("canary"), "throttled", /takes no more/],
    [429, { initialized: true, sealed: false, standby: true, name: "canary" }, "unavailable", /standby/],
    [472, errors("canary"), "unavailable", /disaster-recovery/],
    [473, errors("canary"), "unavailable", /performance standby/],
    [474, errors("canary"), "unavailable", /cannot reach the active/],
    [500, errors("local node not active but active cluster node not found"), "unavailable", /no leader/],
    [500, errors("canary"), "unavailable", /database or cloud .* failed/],
    [501, errors("canary"), "unavailable", /not initialised/],
    [502, errors("canary"), "unavailable", /third party/],
    [503, errors("Vault is sealed"), "unavailable", /unseal/],
    [503, { initialized: true, sealed: true, standby: true, name: "canary" }, "unavailable", /unseal/],
    [503, errors("API access to this namespace has been locked by an administrator"), "unavailable", /locked/],
    [503, errors("canary"), "unavailable", /maintenance/],
    [530, errors("canary"), "unavailable", /removed/],
    [599, errors("canary"), "unavailable", /out of order/],
  ] as const)("%i %j is %s", async (status, body, failure, advice) => {
    const { statusFailure } = await import("../answer/status-failures.ts");
    await using at = await connect({}, { namespace: "team" });
    await at.server.inject(jsonAnswer(body, { status }), { where: ({ path }) => path.includes("secret") });
    const answer = await at.read();
    const said = answer.failure === undefined ? statusFailure(answer) : answer;
    expect(said).toMatchObject({ failure, advice: expect.stringMatching(advice), native: { status } });
    expect(inspect(said, { depth: 9 })).not.toContain("canary");
  });

  test.each([
    ["7", 7000],
    ["0", 0],
    ["Thu, 01 Jan 2026 00:00:30 GMT", 30_000],
    ["Wed, 31 Dec 2025 00:00:00 GMT", 0],
    ["-1", undefined],
    ["soon", undefined],
    [undefined, undefined],
  ])("Retry-After %s is %s ms", async (given, expected) => {
    await using at = await connect({});
    const date = "Thu, 01 Jan 2026 00:00:00 GMT";
    const headers = { date, ...(given !== undefined && { "retry-after": given }) };
    const slow = { ...refuse(429, "quota"), headers };
    await at.server.inject(slow, { where: ({ path }) => path.includes("secret") });
    const answer = await at.read();
    const { statusFailure } = await import("../answer/status-failures.ts");
    const said = answer.failure === undefined ? statusFailure(answer) : answer;
    expect(said).toMatchObject({ failure: "throttled" });
    expect(said.retryAfterMs).toBe(expected);
  });

  test.each([
    ["a login page", { body: "<html>canary</html>" }, "payload-corrupt"],
    ["a page of a proxy", { status: 404, body: "<html>canary</html>" }, "unavailable"],
    ["a denial of a proxy", { status: 403, body: "canary" }, "unavailable"],
    ["a proxy's JSON", { status: 404, body: '{"message":"canary"}' }, "unavailable"],
    ["broken JSON", { body: '{"data": {"canary"' }, "payload-corrupt"],
    ["a list", { body: "[1]" }, "payload-corrupt"],
    ["an answer for HTTPS", { status: 400, body: "Client sent an HTTP request to an HTTPS server.\n" }, "unavailable"],
    ["429 of a proxy", { status: 429, body: "slow down" }, "throttled"],
  ])("%s is not the server's word", async (_, answer, failure) => {
    await using at = await connect({});
    await at.server.inject(answer, { where: ({ path }) => path.includes("secret") });
    const said = await at.read();
    expect(said).toMatchObject({ failure });
    expect(inspect(said, { depth: 9 })).not.toContain("canary");
  });
});
