import { describe, expect, test } from "vitest";
import { connect } from "../../test/connect.ts";
import { refuse } from "../../test/fake/reply.ts";

const renewals = /renew-self/;
const lookUps = /lookup-self/;

test("a thousand callers at the start: one login, and each call once", async () => {
  await using at = await connect({ ttl: 60 });
  const answers = await Promise.all(Array.from({ length: 1000 }, () => at.read()));
  expect(answers.every(({ failure }) => failure === undefined)).toBe(true);
  expect(at.login.count).toBe(1);
  expect(at.asked()).toHaveLength(1001);
});

describe("renewal", () => {
  test.each([1, 2, 3, 4, 5])(
    "after two thirds to three quarters of its life, on use, and by one for all (%i)",
    async () => {
      await using at = await connect({ ttl: 1000 });
      await at.read();
      await at.clock.advance("659s");
      await at.read();
      expect(at.count(renewals)).toBe(0);
      await at.clock.advance("101s");
      await Promise.all(Array.from({ length: 50 }, () => at.read()));
      await expect.poll(() => at.count(renewals)).toBe(1);
      await at.clock.advance("650s");
      await at.read();
      expect([at.login.count, at.count(renewals)]).toEqual([1, 1]);
    },
  );

  test("without a call nothing happens, and a token that is over is replaced by a login", async () => {
    await using at = await connect({ ttl: 1000 });
    await at.read();
    await at.clock.advance("1001s");
    expect(at.asked()).toHaveLength(2);
    expect(await at.read()).toMatchObject({ status: 200 });
    expect([at.login.count, at.count(renewals), at.count(lookUps)]).toEqual([2, 0, 0]);
  });

  test("goes on behind: a renewal that hangs delays nobody while the token is good", async () => {
    await using at = await connect({ ttl: 1000 });
    await at.read();
    await at.server.inject("hang", { where: ({ path }) => renewals.test(path) });
    await at.clock.advance("800s");
    for (let round = 0; round < 3; round += 1) expect(await at.read()).toMatchObject({ status: 200 });
    await expect.poll(() => at.count(renewals)).toBe(1);
  });

  test("near its end a call waits for it, but not beyond its time limit", async () => {
    await using at = await connect({ ttl: 1000 });
    await at.read();
    await at.server.inject("hang", { where: ({ path }) => renewals.test(path) });
    await at.clock.advance("950s");
    const reading = at.read();
    await expect.poll(() => at.count(renewals)).toBe(1);
    expect(at.count(/secret/)).toBe(1);
    await at.clock.advance("3s");
    expect(await reading).toMatchObject({ status: 200 });
  });

  test("one that fails is tried again later, and not at every call", async () => {
    await using at = await connect({ ttl: 1000 });
    await at.read();
    await at.server.inject("unavailable", { where: ({ path }) => renewals.test(path) });
    await at.clock.advance("800s");
    for (let round = 0; round < 20; round += 1) await at.read();
    expect(at.count(renewals)).toBe(1);
    await at.clock.advance("51s");
    await at.read();
    await expect.poll(() => at.count(renewals)).toBe(2);
  });

  test("at its maximum it is replaced by a login before its end; the former one is revoked at the close", async () => {
    const at = await connect({ ttl: 1000, maxTtl: 1100 });
    await at.read();
    const [first] = [...at.vault.tokens.all.keys()].slice(-1);
    await at.clock.advance("780s");
    await at.read();
    await expect.poll(() => at.count(renewals)).toBe(1);
    // 320 s are left: due again between 66 and 76 % of them.
    await at.clock.advance("210s");
    await at.read();
    expect(at.login.count).toBe(1);
    await at.clock.advance("40s");
    await at.read();
    await expect.poll(() => at.login.count).toBe(2);
    expect(at.count(renewals)).toBe(1);
    await at.connection.close();
    expect(at.vault.tokens.revoked).toHaveLength(2);
    expect(at.vault.tokens.revoked[0]).toBe(first);
    await at.server.close();
  });

  test.each([
    ["a batch token", { ttl: 1000, type: "batch" }],
    ["one that is not renewable", { ttl: 1000, renewable: false }],
  ] as const)("%s is not renewed: a login takes its place", async (_, rules) => {
    await using at = await connect(rules);
    await at.read();
    await at.clock.advance("780s");
    await at.read();
    await expect.poll(() => at.login.count).toBe(2);
    expect(at.count(renewals)).toBe(0);
  });

  test("one that the server refuses to renew is replaced, not renewed again and again", async () => {
    await using at = await connect({ ttl: 1000 });
    await at.read();
    at.vault.deny("auth/token/renew-self");
    await at.clock.advance("780s");
    await at.read();
    await expect.poll(() => at.count(renewals)).toBe(1);
    await at.clock.advance("60s");
    await at.read();
    await expect.poll(() => at.login.count).toBe(2);
    expect(at.count(renewals)).toBe(1);
  });

  test("work on a lease renews the token already when a quarter of its life has gone, and waits for it", async () => {
    await using at = await connect({ ttl: 1000 });
    await at.call({ use: "lease" });
    await at.clock.advance("240s");
    await at.call({ use: "lease" });
    expect(at.count(renewals)).toBe(0);
    await at.clock.advance("20s");
    const answer = await at.call({ use: "lease" });
    expect(at.count(renewals)).toBe(1);
    expect(answer.failure === undefined && answer.held?.leftMs).toBe(1_000_000);
  });

  test("a token for ever is never renewed", async () => {
    await using at = await connect({});
    await at.read();
    await at.clock.advance("300d");
    await at.read();
    expect(at.asked()).toHaveLength(3);
  });
});

describe("a wall clock", () => {
  test("that jumps ahead makes us log in early; one that steps back does not keep a dead token", async () => {
    await using at = await connect({ ttl: 1000 });
    await at.read();
    at.clock.jump(2_000_000);
    await at.read();
    expect(at.login.count).toBe(2);
    at.clock.jump(-3_000_000);
    await at.clock.advance("1001s");
    await at.read();
    expect(at.login.count).toBe(3);
  });
});

describe("a refused login", () => {
  test("stands for a while: a thousand secrets do not lock the role out", async () => {
    await using at = await connect({});
    at.vault.mounts.set("auth/anyone/", { handle: () => refuse(400, "invalid role or secret ID") });
    for (let round = 0; round < 100; round += 1) {
      expect(await at.read()).toMatchObject({ failure: "unauthenticated", native: { status: 400 } });
    }
    expect(at.count(/anyone/)).toBeLessThanOrEqual(2);
    const before = at.count(/anyone/);
    for (let second = 0; second < 600; second += 1) {
      await at.clock.advance("1s");
      await at.read();
    }
    // 1, 2, 4 ... 60 s at most between them, half of that on average.
    expect(at.count(/anyone/) - before).toBeGreaterThan(8);
    expect(at.count(/anyone/) - before).toBeLessThan(60);
  });

  test("is over when one succeeds", async () => {
    await using at = await connect({});
    at.vault.mounts.set("auth/anyone/", { handle: () => refuse(403, "permission denied") });
    expect(await at.read()).toMatchObject({ failure: "unauthenticated" });
    at.vault.mounts.set("auth/anyone/", at.login);
    await at.clock.advance("1s");
    expect(await at.read()).toMatchObject({ status: 200 });
  });

  test("an outage is no refusal: the next call tries again", async () => {
    await using at = await connect({});
    await at.server.inject("unavailable", { where: ({ path }) => /anyone/.test(path) });
    expect(await at.read()).toMatchObject({ failure: "unavailable" });
    await at.server.heal();
    expect(await at.read()).toMatchObject({ status: 200 });
  });
});

describe("a login that takes long", () => {
  test("goes on when its caller gives up, and the next one takes its token", async () => {
    await using at = await connect({});
    await at.server.inject("hang", { where: ({ path }) => /anyone/.test(path), times: 1 });
    const controller = new AbortController();
    const first = at.read("a", controller.signal);
    await at.server.request(1);
    const second = at.read("b");
    controller.abort(new Error("given up"));
    await expect(first).rejects.toThrow("given up");
    expect(at.count(/anyone/)).toBe(1);
    await at.clock.advance("10s");
    expect(await second).toMatchObject({ failure: "timeout" });
    expect(await at.read()).toMatchObject({ status: 200 });
  });
});

describe("close", () => {
  test("revokes the token that we made, once, and answers nobody any more", async () => {
    const at = await connect({ ttl: 1000 });
    await at.read();
    await Promise.all([at.connection.close(), at.connection.close()]);
    expect(at.vault.tokens.revoked).toHaveLength(1);
    expect(await at.read()).toMatchObject({ failure: "unavailable" });
    at.clock.assertIdle();
    await at.server.close();
  });

  test.each([
    ["a batch token cannot be revoked", { ttl: 1000, type: "batch" }],
    ["one that is over need not be", { ttl: 1 }],
  ] as const)("%s", async (_, rules) => {
    const at = await connect(rules);
    await at.read();
    await at.clock.advance("2s");
    await at.connection.close();
    expect(at.count(/revoke-self/)).toBe(0);
    await at.server.close();
  });

  test("a server that does not answer keeps it for 3 s at most", async () => {
    const at = await connect({ ttl: 1000 });
    await at.read();
    await at.server.inject("hang");
    const closing = at.connection.close();
    await at.server.request(3);
    await at.clock.advance("3s");
    await closing;
    await at.server.close();
  });

  test("a login under way is ended", async () => {
    const at = await connect({});
    await at.server.inject("hang");
    const reading = at.read();
    await at.server.request(1);
    await at.connection.close();
    expect(await reading).toMatchObject({ failure: "aborted" });
    at.clock.assertIdle();
    await at.server.close();
  });
});
