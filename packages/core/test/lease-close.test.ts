import { describe, expect, test } from "vitest";
import { minted, testSecrets } from "../src/testing/index.ts";
import { refusal } from "./outcomes.ts";

const creds = () => minted((count) => `pw-${count}`, { ttl: "1h" });

function rigOf(count: number) {
  const names = Array.from({ length: count }, (_, index) => `role-${index}`);
  return { names, rig: testSecrets(Object.fromEntries(names.map((name) => [name, creds()]))) };
}

describe("close({ revoke: true })", () => {
  test("revokes every lease in use, at most eight at once", async () => {
    const { names, rig } = rigOf(20);
    await Promise.all(names.map((name) => rig.secrets.getSecret(name)));
    for (const name of names) rig.source.delay(name, "1s");
    rig.source.forgetCalls();
    await rig.clock.until(rig.secrets.close({ revoke: true }));
    const at = rig.source.calls.map((call) => [call.method, call.name, call.at - (rig.source.calls[0]?.at ?? 0)]);
    expect(at.map(([method]) => method)).toEqual(names.map(() => "revoke"));
    expect(new Set(at.map(([, name]) => name)).size).toBe(20);
    expect(at.map(([, , ms]) => ms)).toEqual(names.map((_, index) => Math.floor(index / 8) * 1000));
    rig.clock.assertIdle();
  });

  test("and the one that was replaced a moment ago", async () => {
    const { rig } = rigOf(1);
    await rig.secrets.getSecret("role-0");
    await rig.clock.advance("2s");
    await rig.secrets.getSecret("role-0", { refresh: true });
    await rig.secrets.close({ revoke: true });
    const leases = rig.source.calls.flatMap(({ method, lease }) => (method === "revoke" ? [lease] : []));
    expect(leases.sort()).toEqual(["role-0/lease-1", "role-0/lease-2"]);
  });

  test("gives up after 10 s, closes the source, and says how many are left", async () => {
    const { names, rig } = rigOf(10);
    await Promise.all(names.map((name) => rig.secrets.getSecret(name)));
    for (const name of names) rig.source.hang(name);
    const closing = refusal(rig.secrets.close({ revoke: true }));
    await rig.clock.advance("10s");
    expect(await closing).toMatchObject({ code: "timeout", source: "mock" });
    expect((await closing).message).toContain("10 leases");
    expect(rig.source.closed).toBe(true);
    rig.clock.assertIdle();
  });

  test("is heard after a close() without it, in the same turn and while the source is being closed", async () => {
    for (const wait of [0, 1, 3]) {
      const { rig } = rigOf(2);
      await Promise.all(["role-0", "role-1"].map((name) => rig.secrets.getSecret(name)));
      rig.source.forgetCalls();
      const first = rig.secrets.close();
      for (let turn = 0; turn < wait; turn += 1) await Promise.resolve();
      await Promise.all([first, rig.secrets.close({ revoke: true })]);
      expect(rig.source.calls.map(({ method, lease }) => `${method} ${lease}`).sort()).toEqual([
        "revoke role-0/lease-1",
        "revoke role-1/lease-2",
      ]);
      rig.clock.assertIdle();
    }
  });

  test("is heard once everything is closed, once, and leaves alone what is over by then", async () => {
    const { rig } = rigOf(1);
    await rig.secrets.getSecret("role-0");
    await rig.secrets.close();
    rig.source.forgetCalls();
    await Promise.all([rig.secrets.close({ revoke: true }), rig.secrets.close({ revoke: true })]);
    await rig.secrets.close({ revoke: true });
    await rig.secrets.close();
    expect(rig.source.calls.map(({ method, lease }) => `${method} ${lease}`)).toEqual(["revoke role-0/lease-1"]);
    const late = rigOf(1).rig;
    await late.secrets.getSecret("role-0");
    await late.secrets.close();
    late.clock.freeze("2h");
    late.source.forgetCalls();
    await late.secrets.close({ revoke: true });
    late.source.assertNoCalls();
  });

  test("says so each time it is asked where a lease could not be revoked, and a close without it does not", async () => {
    const { rig } = rigOf(1);
    await rig.secrets.getSecret("role-0");
    rig.source.fail("role-0", "access-denied");
    await rig.secrets.close();
    expect(await refusal(rig.secrets.close({ revoke: true }))).toMatchObject({
      code: "access-denied",
      advice: expect.stringMatching(/^1 lease was not revoked and ends by itself.* The test scripted it/),
    });
    expect(await refusal(rig.secrets.close({ revoke: true }))).toMatchObject({ code: "access-denied" });
    await rig.secrets.close();
  });

  test("does not ask about a lease that is over", async () => {
    const { rig } = rigOf(1);
    await rig.secrets.getSecret("role-0");
    rig.clock.freeze("2h");
    rig.source.forgetCalls();
    await rig.secrets.close({ revoke: true });
    rig.source.assertNoCalls();
  });

  test("takes nothing but true and false", async () => {
    const { rig } = rigOf(1);
    expect((await refusal(rig.secrets.close({ revoke: "yes" } as never))).code).toBe("invalid-options");
    expect((await rig.secrets.getSecret("role-0")).reveal()).toBe("pw-1");
    await rig.close();
  });
});

test("close() asks no store for anything: leases in use, and those being drained, end by themselves", async () => {
  const { rig } = rigOf(1);
  const live = await rig.secrets.watchSecret("role-0");
  await rig.clock.advance("2s");
  await rig.secrets.getSecret("role-0", { refresh: true });
  rig.source.forgetCalls();
  await rig.secrets.close();
  await rig.clock.advance("2h");
  rig.source.assertNoCalls();
  rig.clock.assertIdle();
  live.close();
});
