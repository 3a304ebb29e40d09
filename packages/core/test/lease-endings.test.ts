import { describe, expect, test } from "vitest";
import { loadConfig, secret } from "../src/config/index.ts";
import type { SecretsEvent } from "../src/index.ts";
import { minted, type TestSecrets, testSecrets } from "../src/testing/index.ts";
import { refusal } from "./outcomes.ts";

function rigOf(options?: Parameters<typeof minted>[1]) {
  const rig = testSecrets({ db: minted((count) => `pw-${count}`, options) });
  const heard: SecretsEvent[] = [];
  rig.secrets.on((event) => void heard.push(event));
  const told = () => heard.filter(({ type }) => type.startsWith("lease-") || type === "degraded" || type === "warning");
  return { rig, told };
}

function asked({ source }: TestSecrets): string[] {
  return source.calls.map(
    ({ method, lease }) => `${method}${lease === undefined ? "" : ` ${lease.split("-").at(-1)}`}`,
  );
}

describe("in the background", () => {
  test("what is watched is renewed as long as that gives its full length, then replaced, and the old one revoked", async () => {
    const { rig, told } = rigOf({ ttl: "1h", maxTtl: "2h" });
    const live = await rig.secrets.watchSecret("db");
    await rig.clock.advance("2h");
    // 43 min, 85 min (truncated to 35): replaced in the same call.
    expect(asked(rig)).toEqual(["read", "renew 1", "renew 1", "read", "revoke 1"]);
    expect(live.current.reveal()).toBe("pw-2");
    expect(told().map((event) => [event.type, "reason" in event ? event.reason : undefined])).toEqual([
      ["lease-renewed", undefined],
      ["lease-renewed", undefined],
      ["lease-replaced", "truncated"],
    ]);
    const at = rig.source.calls.map((call) => call.at);
    expect((at[4] ?? 0) - (at[3] ?? 0)).toBeGreaterThanOrEqual(30_000);
    expect((at[4] ?? 0) - (at[3] ?? 0)).toBeLessThanOrEqual(31_000);
    await rig.close();
  });

  test("what a config requires is kept too, and no longer than the instance lives", async () => {
    const { rig } = rigOf();
    const config = await loadConfig({ db: secret("db") }, { secrets: rig.secrets, clock: rig.clock, env: {} });
    expect(config.db.reveal()).toBe("pw-1");
    await rig.clock.advance("10h");
    expect(asked(rig).filter((call) => call === "read")).toHaveLength(1);
    expect(asked(rig).filter((call) => call === "renew 1")).toHaveLength(14);
    expect(rig.secrets.health().status).toBe("ok");
    await rig.close();
  });

  test("a lease that cannot be renewed is replaced at 71 % of it", async () => {
    const { rig, told } = rigOf({ ttl: "10m", renewable: false });
    await rig.secrets.watchSecret("db");
    await rig.clock.advance("8m");
    expect(asked(rig)).toEqual(["read", "read", "revoke 1"]);
    expect(told()).toMatchObject([{ type: "lease-replaced", reason: "not-renewable", leaseMs: 600_000 }]);
    await rig.close();
  });

  test("a renewal that fails is tried again inside what is left, ever more seldom, and never after 80 %", async () => {
    const { rig, told } = rigOf({ ttl: "1h" });
    await rig.secrets.watchSecret("db");
    rig.source.fail("db", "unavailable", { on: "renew" });
    await rig.clock.advance("49m");
    const renewals = rig.source.calls.filter(({ method }) => method === "renew").map(({ at }) => at);
    expect(renewals.length).toBeGreaterThan(8);
    expect(renewals.length).toBeLessThan(25);
    for (const [index, at] of renewals.slice(1).entries())
      expect(at - (renewals[index] ?? 0)).toBeGreaterThanOrEqual(500);
    expect(told().at(-1)).toMatchObject({ type: "lease-replaced", reason: "running-out" });
    await rig.close();
  });

  test("where little is left and no other credential is to be had, the lease is renewed after all", async () => {
    const { rig, told } = rigOf({ ttl: "1h" });
    const live = await rig.secrets.watchSecret("db");
    rig.source.fail("db", "unavailable", { on: "renew" });
    await rig.clock.advance("47m");
    rig.source.restore("db");
    rig.source.fail("db", "access-denied", { on: "read" });
    rig.source.fail("db", "timeout", { on: "renew", times: 3 });
    await rig.clock.advance("3h");
    expect(live.current.reveal()).toBe("pw-1");
    expect(told().every(({ type }) => type === "lease-renewed")).toBe(true);
    await rig.close();
  });

  test("also where less than 20 % are left by then", async () => {
    const { rig } = rigOf({ ttl: "1h" });
    await rig.secrets.getSecret("db");
    rig.source.fail("db", "access-denied", { on: "read" });
    await rig.clock.advance("50m");
    await rig.secrets.getSecret("db");
    await rig.clock.settle();
    expect(asked(rig)).toEqual(["read", "read", "renew 1"]);
    await rig.clock.advance("30m");
    expect((await rig.secrets.getSecret("db")).reveal()).toBe("pw-1");
    await rig.close();
  });
});

describe("a lease that the store has ended", () => {
  test("is noticed at its renewal, and its credential replaced at once", async () => {
    const { rig, told } = rigOf();
    const live = await rig.secrets.watchSecret("db");
    rig.source.expireLease("db");
    await rig.clock.advance("44m");
    expect(live.current.reveal()).toBe("pw-2");
    expect(asked(rig)).toEqual(["read", "renew 1", "read"]);
    expect(told()).toMatchObject([
      { type: "lease-lost", code: "not-found" },
      { type: "lease-replaced", reason: "over" },
    ]);
    await rig.close();
  });

  test("is not given any more, also where there is no other", async () => {
    const { rig } = rigOf();
    await rig.secrets.getSecret("db");
    rig.source.expireLease("db");
    rig.source.fail("db", "disabled", { on: "read" });
    await rig.clock.advance("44m");
    await rig.secrets.getSecret("db");
    await rig.clock.settle();
    expect((await refusal(rig.secrets.getSecret("db"))).code).toBe("disabled");
    await rig.close();
  });

  test.each(["access-denied", "unauthenticated", "invalid-request", "unsupported"] as const)(
    "or will not renew (%s): replaced, and the old one given until then",
    async (code) => {
      const { rig, told } = rigOf();
      rig.source.fail("db", code, { on: "renew" });
      const live = await rig.secrets.watchSecret("db");
      await rig.clock.advance("44m");
      expect(live.current.reveal()).toBe("pw-2");
      expect(told()).toMatchObject([{ type: "lease-replaced", reason: "refused" }]);
      await rig.close();
    },
  );
});

test("a store that denies another credential does not take away the one that it has granted until its end", async () => {
  const { rig } = rigOf({ renewable: false });
  const live = await rig.secrets.watchSecret("db");
  rig.source.fail("db", "access-denied");
  await rig.clock.advance("59m");
  expect(live.current).toMatchObject({ stale: "access-denied" });
  expect((await rig.secrets.getSecret("db")).reveal()).toBe("pw-1");
  expect(rig.secrets.health()).toMatchObject({ status: "degraded", problems: [{ code: "access-denied" }] });
  await rig.clock.advance("2m");
  expect((await refusal(rig.secrets.getSecret("db"))).code).toBe("access-denied");
  expect(rig.secrets.health().status).toBe("failed");
  await rig.close();
});

test("maxAge has no bearing on a credential: another look would be another credential", async () => {
  const { rig } = rigOf();
  await rig.secrets.getSecret("db");
  await rig.clock.advance("30m");
  await rig.secrets.getSecret("db", { maxAge: "10s" });
  expect(asked(rig)).toEqual(["read"]);
  await rig.close();
});

test("a new credential that a verify hook refuses is revoked at once, and the old one goes on", async () => {
  const { rig, told } = rigOf({ renewable: false });
  const verify = (next: { reveal(): string }) => {
    if (next.reveal() === "pw-2") throw new Error("no");
  };
  const live = await rig.secrets.watchSecret("db", { verify });
  await rig.clock.advance("43m");
  expect(asked(rig).slice(0, 3)).toEqual(["read", "read", "revoke 2"]);
  await rig.clock.advance("1m");
  expect(live.current.reveal()).toBe("pw-3");
  expect(asked(rig)).toEqual(["read", "read", "revoke 2", "read", "revoke 1"]);
  expect(told()).toMatchObject([{ type: "lease-replaced", reason: "not-renewable" }]);
  await rig.close();
});

test("a revocation that fails is tried three times, and then said", async () => {
  const { rig, told } = rigOf({ renewable: false });
  rig.source.fail("db", "timeout", { on: "revoke" });
  await rig.secrets.watchSecret("db");
  await rig.clock.advance("59m");
  expect(asked(rig).filter((call) => call === "revoke 1")).toHaveLength(3);
  expect(told().at(-1)).toMatchObject({ type: "warning", secretName: "db" });
  await rig.close();
});
