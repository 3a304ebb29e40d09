import { describe, expect, test } from "vitest";
import { ask, failureOf } from "../../test/ask.ts";
import { thrownBy } from "../../test/outcomes.ts";
import { minted } from "./minted.ts";
import { mockSource } from "./mock-source.ts";
import { virtualClock } from "./virtual-clock.ts";

const context = { signal: new AbortController().signal, bypassCaches: false };

function minting(options?: Parameters<typeof minted>[1]) {
  const clock = virtualClock({ now: 0 });
  const source = mockSource({ app: minted((count) => ({ user: `app-${count}` }), options) }, { clock });
  const renew = (id: string) => source.leases?.renew(id, context);
  const revoke = (id: string) => source.leases?.revoke(id, context);
  return { clock, source, renew, revoke };
}

test("each read makes a new credential with a lease of its own", async () => {
  const { source } = minting({ ttl: "10m" });
  const lease = { ttlMs: 600_000, renewable: true };
  expect(await ask(source, "app")).toEqual({
    payload: '{"user":"app-1"}',
    lease: { id: "app/lease-1", ...lease },
    createdAt: 0,
    requestId: "mock-1",
  });
  expect(await ask(source, "app")).toMatchObject({
    payload: '{"user":"app-2"}',
    lease: { id: "app/lease-2", ...lease },
  });
});

test("the source says so: it mints, has leases, and nothing that polls", () => {
  const { source } = minting();
  expect(source.traits).toEqual({ stages: ["current"], versionIds: false, labels: false, binary: true, mints: true });
  expect(source.leases).toBeDefined();
  expect([source.batch, source.probe, source.watch]).toEqual([undefined, undefined, undefined]);
});

test("a fixed value may be minted too, and what makes it may go wrong", async () => {
  const source = mockSource({
    fixed: minted("token"),
    bytes: minted(Uint8Array.from([7])),
    throws: minted(() => {
      throw new Error("hunter2");
    }),
    nothing: minted(() => undefined as never),
  });
  expect(await ask(source, "fixed")).toMatchObject({ payload: "token" });
  expect(await ask(source, "bytes")).toMatchObject({ payload: Uint8Array.from([7]) });
  const advice =
    "unknown: The function given to minted() threw, or gave what is no value. What it threw may quote a value and is not shown: call it by itself to see.";
  expect(await failureOf(ask(source, "throws"))).toBe(advice);
  expect(await failureOf(ask(source, "nothing"))).toBe(advice);
});

describe("a lease", () => {
  test("is renewed to its full length, up to its last end", async () => {
    const { clock, source, renew } = minting({ ttl: "10m", maxTtl: "25m" });
    await ask(source, "app");
    await clock.advance("8m");
    expect(await renew("app/lease-1")).toMatchObject({ id: "app/lease-1", ttlMs: 600_000 });
    await clock.advance("9m");
    expect(await renew("app/lease-1")).toMatchObject({ ttlMs: 480_000 });
    await clock.advance("8m");
    expect(await renew("app/lease-1")).toMatchObject({ failure: "not-found" });
  });

  test("ends by itself, by expireLease and by revoke; others go on", async () => {
    const { clock, source, renew, revoke } = minting({ ttl: "10m" });
    for (let count = 0; count < 2; count += 1) await ask(source, "app");
    expect(await revoke("app/lease-1")).toBeUndefined();
    expect(await revoke("app/lease-1")).toBeUndefined();
    expect(await renew("app/lease-1")).toMatchObject({ failure: "not-found" });
    expect(await renew("app/lease-2")).toMatchObject({ ttlMs: 600_000 });
    source.expireLease("app");
    expect(await renew("app/lease-2")).toMatchObject({ failure: "not-found" });
    await ask(source, "app");
    await clock.advance("10m");
    expect(await renew("app/lease-3")).toMatchObject({ failure: "not-found" });
    expect(await renew("other")).toMatchObject({ failure: "not-found" });
  });

  test("may not be renewable", async () => {
    const { source, renew } = minting({ renewable: false });
    expect(await ask(source, "app")).toMatchObject({ lease: { renewable: false, ttlMs: 3_600_000 } });
    expect(await renew("app/lease-1")).toMatchObject({ failure: "invalid-request" });
  });

  test("fails as scripted: a renewal, a revocation", async () => {
    const { source, renew, revoke } = minting();
    await ask(source, "app");
    source.fail("app", "access-denied", { on: "renew", times: 1 });
    source.fail("app", "unavailable", { on: "revoke", times: 1 });
    expect(await renew("app/lease-1")).toMatchObject({ failure: "access-denied" });
    expect(await revoke("app/lease-1")).toMatchObject({ failure: "unavailable" });
    expect(await renew("app/lease-1")).toMatchObject({ id: "app/lease-1" });
    expect(source.calls.map(({ method, lease }) => [method, lease])).toEqual([
      ["read", undefined],
      ["renew", "app/lease-1"],
      ["revoke", "app/lease-1"],
      ["renew", "app/lease-1"],
    ]);
  });
});

test("a minted secret may be disabled or removed, and has no versions", async () => {
  const { source } = minting();
  source.disable("app");
  expect(await ask(source, "app")).toMatchObject({ failure: "disabled" });
  source.remove("app");
  expect(await ask(source, "app")).toMatchObject({ failure: "deleted" });
  source.restore("app");
  expect(await ask(source, "app")).toMatchObject({ payload: '{"user":"app-1"}' });
  expect(await ask(source, "app", "previous")).toMatchObject({ failure: "unsupported" });
  expect(thrownBy(() => source.rotate("app", "x")).message).toContain("has no versions");
  expect(thrownBy(() => source.disable("app", "1")).message).toContain("has no versions");
  const versioned = mockSource({ a: "x" });
  expect(thrownBy(() => versioned.expireLease("a")).message).toContain("not minted");
  expect(thrownBy(() => versioned.rotate("a", minted("y"))).message).toContain("what minted() makes has none");
  expect(thrownBy(() => versioned.stage("a", minted("y"))).message).toContain("what minted() makes has none");
});

test.each([
  () => mockSource({ a: minted("x"), b: "y" }),
  () => mockSource({ b: "y", a: minted("x") }),
  () => mockSource({ b: "y" }).define("a", minted("x")),
  () => mockSource({ a: minted("x") }).define("b", "y"),
])("a source mints all of its secrets or none: %#", (make) => {
  expect(thrownBy(make).message).toContain("put the minted() ones into a mockSource of their own");
});

test.each([
  () => minted(7 as never),
  () => minted("x", { ttl: 5 as never }),
  () => minted("x", { maxTtl: "5" as never }),
  () => minted("x", { renewable: "no" as never }),
  () => minted("x", { lease: "1h" } as never),
])("what is wrong is refused: %#", (make) => {
  expect(thrownBy(make).code).toBe("invalid-options");
});
