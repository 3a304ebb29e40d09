import { describe, expect, test } from "vitest";
import { minted, type TestSecrets, testSecrets } from "../src/testing/index.ts";
import { refusal } from "./outcomes.ts";

const creds = (ttl = "1h" as "1h") => minted((count) => `pw-${count}`, { ttl });

function asked({ source }: TestSecrets): string[] {
  return source.calls.map(
    ({ method, lease }) => `${method}${lease === undefined ? "" : ` ${lease.split("-").at(-1)}`}`,
  );
}

describe("a credential that is only read", () => {
  test("is renewed behind a read once 71 % of its lease have passed, and not before", async () => {
    await using rig = testSecrets({ db: creds() });
    await rig.secrets.getSecret("db");
    await rig.clock.advance("42m");
    await rig.secrets.getSecret("db");
    expect(asked(rig)).toEqual(["read"]);
    await rig.clock.advance("1m");
    expect((await rig.secrets.getSecret("db")).reveal()).toBe("pw-1");
    await rig.clock.settle();
    expect(asked(rig)).toEqual(["read", "renew 1"]);
    expect(rig.secrets.status()[0]?.leaseLeftMs).toBe(3_600_000);
    rig.clock.assertIdle();
  });

  test("is replaced, not renewed, once less than 20 % are left; the old one is revoked 30 s later, as somebody reads", async () => {
    await using rig = testSecrets({ db: creds() });
    await rig.secrets.getSecret("db");
    await rig.clock.advance("49m");
    await rig.secrets.getSecret("db");
    await rig.clock.settle();
    expect((await rig.secrets.getSecret("db")).reveal()).toBe("pw-2");
    await rig.clock.advance("29s");
    await rig.secrets.getSecret("db");
    expect(asked(rig)).toEqual(["read", "read"]);
    rig.clock.assertIdle();
    await rig.clock.advance("1s");
    await rig.secrets.getSecret("db");
    await rig.clock.settle();
    expect(asked(rig)).toEqual(["read", "read", "revoke 1"]);
  });

  test("is replaced before it is given where the process was frozen past its lease", async () => {
    await using rig = testSecrets({ db: creds() });
    await rig.secrets.getSecret("db");
    rig.clock.freeze("2h");
    expect((await rig.secrets.getSecret("db")).reveal()).toBe("pw-2");
    expect(asked(rig)).toEqual(["read", "read"]);
  });
});

test("a forced refresh in a loop mints within the budget, and then says so", async () => {
  await using rig = testSecrets({ db: creds() });
  const codes: string[] = [];
  for (let round = 0; round < 10; round += 1) {
    await rig.secrets.getSecret("db", { refresh: true }).catch((error) => codes.push(error.code));
    await rig.clock.advance("2s");
  }
  expect(asked(rig)).toHaveLength(4);
  expect(codes).toEqual(Array.from({ length: 6 }, () => "mint-budget-exhausted"));
  expect((await rig.secrets.getSecret("db")).reveal()).toBe("pw-4");
  expect((await refusal(rig.secrets.getSecret("db", { refresh: true }))).code).toBe("mint-budget-exhausted");
});
