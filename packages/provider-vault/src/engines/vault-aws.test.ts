import type { SecretRecord } from "@secretsource/core/source";
import { describe, expect, test } from "vitest";
import { anyone, connect } from "../../test/connect.ts";
import { FakeAwsEngine, type FakeAwsRole } from "../../test/fake/fake-aws-engine.ts";
import { type VaultAwsOptions, vaultAws } from "./vault-aws.ts";

const context = { signal: new AbortController().signal, bypassCaches: true };
const ref = { name: "deploy", version: "current" } as const;
const arns = ["arn:aws:iam::123456789012:role/a", "arn:aws:iam::123456789012:role/b"];

async function open(role: FakeAwsRole, options: VaultAwsOptions = {}) {
  const at = await connect({ ttl: 10_000 });
  const engine = new FakeAwsEngine(at.vault.leases, () => at.clock.now());
  engine.roles.set("deploy", role);
  at.vault.mounts.set("aws/", engine);
  const source = vaultAws({ address: at.address, env: {}, login: anyone, clock: at.clock, ...options });
  return {
    ...at,
    engine,
    source,
    read: (signal = context.signal) => source.read(ref, { ...context, signal }),
    async [Symbol.asyncDispose]() {
      await source.close?.();
      await at[Symbol.asyncDispose]();
    },
  };
}

const partsOf = (record: unknown) => JSON.parse(String((record as SecretRecord).payload)) as Record<string, string>;

/** Reads, lets so much time pass once the engine has answered, and tells whether the read is over by then. */
async function readFor(at: Awaited<ReturnType<typeof open>>, time: "4s" | "5s") {
  const reading = at.read();
  await expect.poll(() => at.vault.leases.all.size).toBe(1);
  await expect.poll(() => at.clock.pending).toBeGreaterThan(0);
  let isOver = false;
  void reading.then(() => {
    isOver = true;
  });
  await at.clock.advance(time);
  await new Promise(setImmediate);
  return { reading, isOver };
}

describe("iam_user", () => {
  test("its keys are held back until AWS knows them", async () => {
    await using at = await open({ type: "iam_user" });
    const early = await readFor(at, "4s");
    expect(early.isOver).toBe(false);
    await at.clock.advance("1s");
    const record = await early.reading;
    expect(record).toMatchObject({ lease: { ttlMs: 900_000, renewable: true } });
    expect(at.engine.knows(String(partsOf(record).access_key))).toBe(true);
  });

  test("held back for as long as the option says; too short a time hands out keys that AWS does not know", async () => {
    await using at = await open({ type: "iam_user" }, { propagation: "1s" });
    const reading = at.read();
    await expect.poll(() => at.clock.pending).toBeGreaterThan(0);
    await expect.poll(() => at.vault.leases.all.size).toBe(1);
    await at.clock.advance("1s");
    expect(at.engine.knows(String(partsOf(await reading).access_key))).toBe(false);
  });

  test("what nobody waits for any more is given back", async () => {
    await using at = await open({ type: "iam_user" });
    const controller = new AbortController();
    const reading = at.read(controller.signal);
    await expect.poll(() => at.vault.leases.all.size).toBe(1);
    await expect.poll(() => at.clock.pending).toBeGreaterThan(0);
    controller.abort();
    await expect(reading).rejects.toThrow();
    await expect.poll(() => at.vault.leases.revoked.length).toBe(1);
  });
});

describe.each(["assumed_role", "federation_token"] as const)("%s", (type) => {
  test("is handed out at once, with its token, and cannot be renewed", async () => {
    await using at = await open({ type, roleArns: arns.slice(0, 1) });
    const record = await at.read();
    const { access_key = "", security_token } = partsOf(record);
    expect([at.engine.knows(access_key), typeof security_token]).toEqual([true, "string"]);
    expect(record).toMatchObject({ lease: { ttlMs: 3_600_000, renewable: false } });
    expect(at.clock.pending).toBe(0);
  });

  test("lasts as long as asked, and no longer than its role lets it", async () => {
    await using short = await open({ type, roleArns: arns.slice(0, 1) }, { ttl: "15m" });
    expect(await short.read()).toMatchObject({ lease: { ttlMs: 900_000 } });
    await using long = await open({ type, roleArns: arns.slice(0, 1), maxTtl: 1200 }, { ttl: "2h" });
    expect(await long.read()).toMatchObject({ lease: { ttlMs: 1_200_000 } });
  });
});

test("a role that allows several to be assumed: the one of the options, by its session name", async () => {
  const options = { roleArn: arns[1] ?? "", roleSessionName: "app", ttl: "1h" } as const;
  await using at = await open({ type: "assumed_role", roleArns: arns }, options);
  expect(partsOf(await at.read())).toMatchObject({ arn: `${arns[1]}/app` });
  expect(at.asked().at(-1)).toBe(
    `GET aws/creds/deploy?ttl=3600s&role_arn=${encodeURIComponent(String(arns[1]))}&role_session_name=app`,
  );
});

test.each([
  ["none of several", { type: "assumed_role", roleArns: arns }, {}, "invalid-request"],
  ["one that is not allowed", { type: "assumed_role", roleArns: arns }, { roleArn: "arn:other" }, "invalid-request"],
] as const)("%s is refused", async (_, role, options, failure) => {
  await using at = await open(role, options);
  expect(await at.read()).toMatchObject({ failure });
});

test("a role that there is not is not-found", async () => {
  await using at = await open({ type: "iam_user" });
  expect(await at.source.read({ ...ref, name: "other" }, context)).toMatchObject({ failure: "not-found" });
});
